// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.Line;
import io.logbridge.demo.history.Pod;
import io.logbridge.demo.history.Uids;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents that fluentd's DaemonSet makes of a container's log file: one for each line that
 * the container runtime wrote, which is one for each line of the container, or several for a long
 * one.
 *
 * @see <a href="https://github.com/fluent/fluentd-kubernetes-daemonset">fluentd for Kubernetes</a>
 * @see <a
 *     href="https://github.com/fabric8io/fluent-plugin-kubernetes_metadata_filter">kubernetes_metadata</a>
 */
final class FluentdShape {

  /** Where containerd cuts a line, in bytes. */
  private static final int RUNTIME_LINE = 16 * 1024;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter INDEX =
      DateTimeFormatter.ofPattern(
              "'{\"create\":{\"_index\":\"logstash-'uuuu.MM.dd'\"}}\n'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON = new JsonMapper();

  private final String metadata;

  FluentdShape(Pod pod, Container container) {
    String id = Uids.of(pod.uid() + container.name()).replace("-", "").repeat(2);
    ObjectNode document = JSON.createObjectNode();
    document.putObject("docker").put("container_id", id);
    ObjectNode kubernetes = document.putObject("kubernetes");
    kubernetes
        .put("container_name", container.name())
        .put("namespace_name", pod.namespace())
        .put("pod_name", pod.name())
        .put("container_image", "registry.example.com/ci/" + container.label() + ":latest")
        .put("container_image_id", "registry.example.com/ci/" + container.label() + "@sha256:00")
        .put("pod_id", pod.uid())
        .put("pod_ip", "10.244.1.17")
        .put("host", "node-1")
        .put("master_url", "https://10.96.0.1:443/api")
        .put("namespace_id", Uids.of("Namespace/" + pod.namespace()));
    kubernetes.set("labels", JSON.valueToTree(pod.labels()));
    document.put(
        "tag",
        "kubernetes.var.log.containers.%s_%s_%s-%s.log"
            .formatted(pod.name(), pod.namespace(), container.name(), id));
    String json = document.toString();
    this.metadata = "\"," + json.substring(1) + "\n";
  }

  /** Appends the bulk operations for a line; says how many. */
  int append(Line line, ByteArrayOutputStream bulk) {
    List<String> pieces = pieces(line.text());
    for (int i = 0; i < pieces.size(); i++) {
      boolean last = i == pieces.size() - 1;
      // The runtime stamps each piece when it has it.
      append(line.time().plusNanos(i), line, pieces.get(i), last ? "F" : "P", bulk);
    }
    return pieces.size();
  }

  private void append(
      Instant time, Line line, String piece, String tag, ByteArrayOutputStream bulk) {
    String document =
        INDEX.format(time)
            + "{\"stream\":\""
            + line.output().name().toLowerCase(Locale.ROOT)
            + "\",\"logtag\":\""
            + tag
            + "\",\"@timestamp\":\""
            + TIME.format(time)
            + "\",\"log\":\"";
    bulk.writeBytes(document.getBytes(StandardCharsets.UTF_8));
    bulk.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(piece));
    bulk.writeBytes(metadata.getBytes(StandardCharsets.UTF_8));
  }

  /** A line as the runtime cuts it; never within a character here, as fluentd would damage it. */
  private static List<String> pieces(String text) {
    if (text.length() <= RUNTIME_LINE / 4) {
      return List.of(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (bytes.length - from > RUNTIME_LINE) {
      int to = from + RUNTIME_LINE;
      while ((bytes[to] & 0xC0) == 0x80) {
        to--;
      }
      pieces.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      from = to;
    }
    pieces.add(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
    return pieces;
  }
}
