// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.testkit.PartialForm;
import io.logbridge.backend.testkit.StoredLine;
import io.logbridge.embedded.elasticsearch.Version;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Ways in which shippers fill and operators map their indices. Together they cover all. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are those of Set.of
enum Layout {
  /** fluentd with Docker's newlines into daily indices, nothing mapped by hand. */
  FLUENTD_DYNAMIC(
      Version.V9,
      "fluentd",
      "{date:yyyy.MM.dd}",
      "",
      Set.of(PartialForm.LOGTAG, PartialForm.PARTIAL_MESSAGE)),
  /** OpenShift's collector: date_nanos, keywords, several primaries told apart by the sequence. */
  VIAQ_NANOS(
      Version.V9,
      "viaq",
      "write",
      """
      {"settings": {"number_of_shards": 3, "number_of_replicas": 0},
       "mappings": {"dynamic": "false", "properties": {
         "@timestamp": {"type": "date_nanos"},
         "message": {"type": "keyword", "index": false, "doc_values": false},
         "kubernetes": {"properties": {
           "namespace_name": {"type": "keyword"}, "pod_name": {"type": "keyword"},
           "pod_id": {"type": "keyword"}, "container_name": {"type": "keyword"}}}}}}\
      """,
      Set.of()),
  /** Fluent Bit: a timestamp cut to milliseconds, the whole time beside it, one shard per pod. */
  FLUENT_BIT_ROUTED(
      Version.V8,
      "fluent-bit",
      "{date:yyyy.MM}",
      """
      {"settings": {"number_of_shards": 3, "number_of_replicas": 0},
       "mappings": {"properties": {
         "@timestamp": {"type": "date"}, "log": {"type": "text", "index": false},
         "time": {"type": "keyword", "index": false, "doc_values": false},
         "kubernetes": {"properties": {
           "namespace_name": {"type": "keyword"}, "pod_name": {"type": "keyword"},
           "pod_id": {"type": "keyword"}, "container_name": {"type": "keyword"}}}}}}\
      """,
      Set.of(PartialForm.UNDERSCORE_P, PartialForm.LOGTAG)),
  /** Vector with names that are mapped as text alone, as careless templates do. */
  VECTOR_TEXT(
      Version.V8,
      "vector",
      "*",
      """
      {"settings": {"number_of_replicas": 0},
       "mappings": {"properties": {
         "timestamp": {"type": "date"}, "message": {"type": "text", "index": false},
         "kubernetes": {"properties": {
           "pod_namespace": {"type": "text"}, "pod_name": {"type": "text"},
           "pod_uid": {"type": "text"}, "container_name": {"type": "text"}}}}}}\
      """,
      Set.of(PartialForm.UNDERSCORE_PARTIAL));

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  final Version version;
  final String preset;
  final String indexBody;
  final Set<PartialForm> partialForms;
  private final String suffix;

  Layout(
      Version version,
      String preset,
      String suffix,
      String indexBody,
      Set<PartialForm> partialForms) {
    this.version = version;
    this.preset = preset;
    this.suffix = suffix;
    this.indexBody = indexBody;
    this.partialForms = partialForms;
  }

  /** The setting {@code index}. */
  String template() {
    return prefix() + suffix;
  }

  /** The indices that need to be there at first. */
  String firstIndex(Instant epoch) {
    return index(epoch);
  }

  String index(Instant timestamp) {
    return switch (this) {
      case FLUENTD_DYNAMIC -> prefix() + date("uuuu.MM.dd", timestamp);
      case FLUENT_BIT_ROUTED -> prefix() + date("uuuu.MM", timestamp);
      case VIAQ_NANOS -> prefix() + "write";
      case VECTOR_TEXT -> prefix() + "000001";
    };
  }

  private String prefix() {
    return preset + "-contract-";
  }

  private static String date(String pattern, Instant timestamp) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(timestamp);
  }

  /** The two lines of a bulk request that store this. */
  String bulkLines(StoredLine line, long sequence) {
    StringWriter writer = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), writer)) {
      json.writeStartObject();
      source(json, line, sequence);
      json.writeEndObject();
    }
    return bulkLines(line, writer.toString());
  }

  /** The same with a document of another form. */
  String bulkLines(StoredLine line, String document) {
    StringWriter writer = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), writer)) {
      action(json, line);
    }
    return writer.append('\n').append(document).append('\n').toString();
  }

  /** A document without a message. */
  String oddity(StoredLine line) {
    StringWriter writer = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), writer)) {
      json.writeStartObject();
      String time = this == VECTOR_TEXT ? "timestamp" : "@timestamp";
      json.writeStringProperty(time, NANOS.format(line.timestamp()));
      json.writeStringProperty("text", "not where a message is");
      switch (this) {
        case VECTOR_TEXT ->
            kubernetes(json, line.container(), "pod_namespace", "pod_name", "pod_uid");
        case FLUENTD_DYNAMIC, VIAQ_NANOS, FLUENT_BIT_ROUTED ->
            kubernetes(json, line.container(), "namespace_name", "pod_name", "pod_id");
      }
      json.writeEndObject();
    }
    return writer.toString();
  }

  private void action(JsonGenerator json, StoredLine line) {
    json.writeStartObject();
    json.writeObjectPropertyStart("create");
    json.writeStringProperty("_index", index(line.timestamp()));
    if (this == FLUENT_BIT_ROUTED) {
      json.writeStringProperty("routing", line.container().pod());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void source(JsonGenerator json, StoredLine line, long sequence) {
    String nanos = NANOS.format(line.timestamp());
    String stream = line.stream().name().toLowerCase(Locale.ROOT);
    switch (this) {
      case FLUENTD_DYNAMIC -> {
        json.writeStringProperty("@timestamp", nanos.replace("Z", "+00:00"));
        json.writeStringProperty("log", line.text() + "\n");
        json.writeStringProperty("stream", stream);
        kubernetes(json, line.container(), "namespace_name", "pod_name", "pod_id");
      }
      case VIAQ_NANOS -> {
        json.writeStringProperty("@timestamp", nanos);
        json.writeStringProperty("message", line.text());
        json.writeObjectPropertyStart("openshift");
        json.writeNumberProperty("sequence", sequence);
        json.writeEndObject();
        viaqKubernetes(json, line.container(), stream);
      }
      case FLUENT_BIT_ROUTED -> {
        json.writeStringProperty("@timestamp", MILLIS.format(line.timestamp()));
        json.writeStringProperty("time", nanos);
        json.writeStringProperty("log", line.text());
        json.writeStringProperty("stream", stream);
        kubernetes(json, line.container(), "namespace_name", "pod_name", "pod_id");
      }
      case VECTOR_TEXT -> {
        json.writeStringProperty("timestamp", nanos);
        json.writeStringProperty("message", line.text());
        json.writeStringProperty("stream", stream);
        kubernetes(json, line.container(), "pod_namespace", "pod_name", "pod_uid");
      }
    }
    piece(json, line);
  }

  private static void kubernetes(
      JsonGenerator json, ContainerRef container, String namespace, String pod, String uid) {
    json.writeObjectPropertyStart("kubernetes");
    json.writeStringProperty(namespace, container.namespace());
    json.writeStringProperty(pod, container.pod());
    json.writeStringProperty(uid, container.podUid());
    json.writeStringProperty("container_name", container.container());
    json.writeEndObject();
  }

  private static void viaqKubernetes(JsonGenerator json, ContainerRef container, String stream) {
    json.writeStringProperty("kubernetes.container_iostream", stream);
    kubernetes(json, container, "namespace_name", "pod_name", "pod_id");
  }

  private static void piece(JsonGenerator json, StoredLine line) {
    if (line.piece() != null) {
      line.piece()
          .fields()
          .forEach((name, value) -> {
            json.writeName(name);
            if (value instanceof Boolean yes) {
              json.writeBoolean(yes);
            } else {
              json.writeString(value.toString());
            }
          });
    }
  }
}
