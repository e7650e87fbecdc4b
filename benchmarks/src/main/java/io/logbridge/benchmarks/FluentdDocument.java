// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes lines as fluentd with its kubernetes_metadata filter puts them into daily indices. */
final class FluentdDocument {

  /** The mapping that operators give such indices: names are keywords, the text is not searched. */
  static final String TEMPLATE =
      """
      {"index_patterns": ["logstash-*"], "template": {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
        "mappings": {
          "dynamic_templates": [{"strings": {
            "match_mapping_type": "string", "mapping": {"type": "keyword", "ignore_above": 256}}}],
          "properties": {
            "@timestamp": {"type": "date"}, "log": {"type": "text", "index": false}}}}}\
      """;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("'logstash-'uuuu.MM.dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'+00:00'")
          .withZone(ZoneOffset.UTC);

  private final SampleLog log;
  private final byte[] metadata;
  private final byte[] line = new byte[SampleLog.MAX_LINE_BYTES];

  FluentdDocument(SampleLog log) {
    this.log = log;
    this.metadata = metadata(log.pod()).getBytes(StandardCharsets.UTF_8);
  }

  /** The index of a day. */
  static String index(Instant time) {
    return DAY.format(time);
  }

  /** Appends the two lines of a bulk request that store this line. */
  void write(int number, ByteArrayOutputStream bulk) {
    Instant time = log.time(number);
    int length = log.write(number, line, 0) - 1;
    ascii(bulk, "{\"create\":{\"_index\":\"" + index(time) + "\"}}\n{\"log\":\"");
    bulk.write(line, 0, length); // nothing in it needs an escape
    ascii(bulk, "\\n\",");
    bulk.writeBytes(metadata);
    ascii(bulk, ",\"@timestamp\":\"" + NANOS.format(time) + "\"}\n");
  }

  private static void ascii(ByteArrayOutputStream bulk, String text) {
    bulk.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String metadata(String pod) {
    return """
    "stream":"stdout","docker":{"container_id":\
    "7f3c1d9a5be04d3f8c2a6e1b9d7f5a3c7f3c1d9a5be04d3f8c2a6e1b9d7f5a3c"},\
    "kubernetes":{"container_name":"%s","namespace_name":"%s","pod_name":"%s",\
    "container_image":"registry.example.org/builders/maven:3.9-eclipse-temurin-25",\
    "pod_id":"0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d","pod_ip":"10.244.1.17",\
    "host":"node-7.example.org","labels":{"app_kubernetes_io/managed-by":"tekton-pipelines",\
    "tekton_dev/taskRun":"%s","tekton_dev/pipelineRun":"benchmark",\
    "tekton_dev/pipelineTask":"build"},"master_url":"https://10.96.0.1:443/api",\
    "namespace_id":"5e6f7a8b-9c0d-4e1f-a2b3-c4d5e6f7a8b9"},\
    "tag":"kubernetes.var.log.containers.%s_%s_%s.log"\
    """
        .formatted(
            SampleLog.CONTAINER,
            SampleLog.NAMESPACE,
            pod,
            pod,
            pod,
            SampleLog.NAMESPACE,
            SampleLog.CONTAINER);
  }
}
