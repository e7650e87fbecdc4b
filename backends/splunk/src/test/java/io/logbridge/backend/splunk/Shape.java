// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.ContainerRef;
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
import org.jspecify.annotations.Nullable;
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
  VECTOR("vector", "basic", Duration.ofNanos(1), Set.of(PartialForm.UNDERSCORE_PARTIAL)),
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
        kubernetes(event, line.container());
      }
      case FLUENT_BIT -> {
        ObjectNode event = message.putObject("event");
        event.put("time", NANOS.format(line.timestamp())).put("stream", stream(line));
        piece(event, line);
        event.put("log", line.text());
        kubernetes(event, line.container());
      }
      case VECTOR -> {
        ObjectNode event = message.putObject("event");
        event.put("message", line.text()).put("stream", stream(line));
        piece(event, line);
        event.put("timestamp", NANOS.format(line.timestamp()));
        kubernetes(event, line.container());
      }
      case VIAQ -> {
        message.put("sourcetype", "_json");
        ObjectNode event = message.putObject("event");
        event.put("@timestamp", NANOS.format(line.timestamp())).put("message", line.text());
        kubernetes(event, line.container()).put("container_iostream", stream(line));
        event.putObject("openshift").put("sequence", sequence);
      }
    }
    return message.toString();
  }

  /** A record without a message; {@code null} where an event is a line. */
  @Nullable ObjectNode oddity(ContainerRef container) {
    return switch (this) {
      case OPENTELEMETRY, SCK -> null;
      case FLUENTD, FLUENT_BIT, VECTOR, VIAQ -> {
        ObjectNode event = JSON.createObjectNode().put("text", "not where a message is");
        kubernetes(event, container);
        yield event;
      }
    };
  }

  /** An object for the collector with any event. */
  static String message(Instant time, String index, ObjectNode event) {
    ObjectNode message = JSON.createObjectNode();
    message.put("time", seconds(time)).put("index", index).set("event", event);
    return message.toString();
  }

  private ObjectNode kubernetes(ObjectNode event, ContainerRef container) {
    return event
        .putObject("kubernetes")
        .put(this == VECTOR ? "pod_namespace" : "namespace_name", container.namespace())
        .put("pod_name", container.pod())
        .put(this == VECTOR ? "pod_uid" : "pod_id", container.podUid())
        .put("container_name", container.container());
  }

  private static void piece(ObjectNode event, StoredLine line) {
    if (line.piece() != null) {
      line.piece().fields().forEach(event::putPOJO);
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
