// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.Pod;
import io.logbridge.demo.history.Uids;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents that fluentd's DaemonSet makes of a container's log file, one for each piece.
 *
 * @see <a href="https://github.com/fluent/fluentd-kubernetes-daemonset">fluentd for Kubernetes</a>
 * @see <a
 *     href="https://github.com/fabric8io/fluent-plugin-kubernetes_metadata_filter">kubernetes_metadata</a>
 */
final class FluentdShape {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter INDEX =
      DateTimeFormatter.ofPattern(
              "'{\"create\":{\"_index\":\"logstash-'uuuu.MM.dd'\"}}\n'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON = new JsonMapper();

  private FluentdShape() {}

  /** The bulk operations for some pieces. */
  static byte[] bulk(Pod pod, Container container, List<Piece> pieces) {
    byte[] metadata = metadata(pod, container).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bulk = new ByteArrayOutputStream(pieces.size() * 1024);
    for (Piece piece : pieces) {
      String document =
          INDEX.format(piece.time())
              + "{\"stream\":\""
              + piece.stream()
              + "\",\"logtag\":\""
              + piece.tag()
              + "\",\"@timestamp\":\""
              + TIME.format(piece.time())
              + "\",\"log\":\"";
      bulk.writeBytes(document.getBytes(StandardCharsets.UTF_8));
      bulk.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(piece.text()));
      bulk.writeBytes(metadata);
    }
    return bulk.toByteArray();
  }

  /** The end of every document of a container. */
  private static String metadata(Pod pod, Container container) {
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
    return "\"," + document.toString().substring(1) + "\n";
  }
}
