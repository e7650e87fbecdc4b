// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.Pod;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records that Fluent Bit's parser {@code cri} and its filter {@code kubernetes} make of a
 * container's log file, one for each piece, as two of its outputs send them.
 *
 * @see <a href="https://docs.fluentbit.io/manual/pipeline/outputs/loki">The output loki</a>
 * @see <a href="https://docs.fluentbit.io/manual/pipeline/outputs/splunk">The output splunk</a>
 */
final class FluentBitShape {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON = new JsonMapper();

  private FluentBitShape() {}

  /** A push to Loki, with {@code label_keys} for namespace, pod and container. */
  static byte[] push(Pod pod, Container container, List<Piece> pieces) {
    ObjectNode push = JSON.createObjectNode();
    ObjectNode stream = push.putArray("streams").addObject();
    stream
        .putObject("stream")
        .put("job", "fluent-bit")
        .put("kubernetes_namespace_name", pod.namespace())
        .put("kubernetes_pod_name", pod.name())
        .put("kubernetes_container_name", container.name());
    ArrayNode values = stream.putArray("values");
    for (Piece piece : pieces) {
      Instant time = piece.time();
      long nanos = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
      values.addArray().add(Long.toString(nanos)).add(record(pod, container, piece).toString());
    }
    return JSON.writeValueAsBytes(push);
  }

  /** Events for Splunk's HTTP Event Collector, which takes one object after the other. */
  static String events(String index, Pod pod, Container container, List<Piece> pieces) {
    StringBuilder events = new StringBuilder(pieces.size() * 512);
    for (Piece piece : pieces) {
      ObjectNode event = JSON.createObjectNode();
      event.put("time", seconds(piece.time())).put("index", index);
      event.set("event", record(pod, container, piece));
      events.append(event);
    }
    return events.toString();
  }

  private static String seconds(Instant time) {
    String micros = String.valueOf(1_000_000 + time.getNano() / 1000).substring(1);
    return time.getEpochSecond() + "." + micros;
  }

  private static ObjectNode record(Pod pod, Container container, Piece piece) {
    ObjectNode document =
        JSON.createObjectNode()
            .put("time", TIME.format(piece.time()))
            .put("stream", piece.stream())
            .put("_p", piece.tag())
            .put("log", piece.text());
    document
        .putObject("kubernetes")
        .put("pod_name", pod.name())
        .put("namespace_name", pod.namespace())
        .put("pod_id", pod.uid())
        .put("host", "node-1")
        .put("container_name", container.name())
        .put("container_image", "registry.example.com/ci/" + container.label() + ":latest");
    return document;
  }
}
