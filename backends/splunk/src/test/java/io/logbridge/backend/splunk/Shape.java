// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.LogStream;
import io.logbridge.backend.testkit.PartialForm;
import io.logbridge.backend.testkit.StoredLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a shipper sends a line to the HTTP Event Collector, and how we log in to read it. */
enum Shape {
  OPENTELEMETRY("opentelemetry", "token", Duration.ofNanos(1000), Set.of()),
  SCK("sck", "basic", Duration.ofNanos(1000), Set.of()),
  FLUENTD(
      "fluentd",
      "session",
      Duration.ofNanos(1000),
      Set.of(PartialForm.LOGTAG, PartialForm.PARTIAL_MESSAGE)),
  FLUENT_BIT(
      "fluent-bit",
      "token",
      Duration.ofNanos(1),
      Set.of(PartialForm.UNDERSCORE_P, PartialForm.LOGTAG)),
  VIAQ("viaq", "token", Duration.ofNanos(1), Set.of());

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  final String preset;
  final String login;
  final Duration resolution;
  final Set<PartialForm> partialForms;

  Shape(String preset, String login, Duration resolution, Set<PartialForm> partialForms) {
    this.preset = preset;
    this.login = login;
    this.resolution = resolution;
    this.partialForms = partialForms;
  }

  /** Whether an event can be empty, which the collector refuses. */
  boolean holdsEmptyLines() {
    return this != OPENTELEMETRY && this != SCK;
  }

  /** One object for the collector. */
  String message(StoredLine line, String index, long sequence) {
    ObjectNode message = JSON.createObjectNode();
    message.put("time", seconds(line.timestamp()));
    message.put("index", index);
    switch (this) {
      case OPENTELEMETRY -> {
        message.put("sourcetype", "kube:container:" + line.container().container());
        message.put("event", line.text());
        message
            .putObject("fields")
            .put("k8s.namespace.name", line.container().namespace())
            .put("k8s.pod.name", line.container().pod())
            .put("k8s.pod.uid", line.container().podUid())
            .put("k8s.container.name", line.container().container())
            .put("log.iostream", stream(line));
      }
      case SCK -> {
        message.put("sourcetype", "kube:container:" + line.container().container());
        message.put("event", line.text());
        message
            .putObject("fields")
            .put("namespace", line.container().namespace())
            .put("pod", line.container().pod())
            .put("pod_uid", line.container().podUid())
            .put("container_name", line.container().container())
            .put("stream", stream(line));
      }
      case FLUENTD -> {
        ObjectNode event = message.putObject("event");
        event.put("stream", stream(line)).put("log", line.text());
        piece(event, line);
        kubernetes(event, line);
      }
      case FLUENT_BIT -> {
        ObjectNode event = message.putObject("event");
        event.put("time", NANOS.format(line.timestamp())).put("stream", stream(line));
        piece(event, line);
        event.put("log", line.text());
        kubernetes(event, line);
      }
      case VIAQ -> {
        message.put("sourcetype", "_json");
        ObjectNode event = message.putObject("event");
        event.put("@timestamp", NANOS.format(line.timestamp())).put("message", line.text());
        kubernetes(event, line).put("container_iostream", stream(line));
        event.putObject("openshift").put("sequence", sequence);
      }
    }
    return message.toString();
  }

  private static ObjectNode kubernetes(ObjectNode event, StoredLine line) {
    return event
        .putObject("kubernetes")
        .put("namespace_name", line.container().namespace())
        .put("pod_name", line.container().pod())
        .put("pod_id", line.container().podUid())
        .put("container_name", line.container().container());
  }

  private static void piece(ObjectNode event, StoredLine line) {
    StoredLine.Piece piece = line.piece();
    if (piece == null) {
      return;
    }
    switch (piece.form()) {
      case LOGTAG -> event.put("logtag", piece.last() ? "F" : "P");
      case UNDERSCORE_P -> event.put("_p", piece.last() ? "F" : "P");
      case PARTIAL_MESSAGE ->
          event
              .put("partial_message", "true")
              .put("partial_id", piece.id())
              .put("partial_ordinal", String.valueOf(piece.ordinal()))
              .put("partial_last", String.valueOf(piece.last()));
      case UNDERSCORE_PARTIAL, MISSING_NEWLINE ->
          throw new IllegalArgumentException("form: " + piece.form() + " (expected: another)");
    }
  }

  private static String stream(StoredLine line) {
    return line.stream() == LogStream.STDERR ? "stderr" : "stdout";
  }

  /** As a double has it, which is what most shippers send. */
  private static BigDecimal seconds(Instant time) {
    double seconds = time.getEpochSecond() + time.getNano() / 1e9;
    return new BigDecimal(seconds).setScale(7, RoundingMode.HALF_UP);
  }
}
