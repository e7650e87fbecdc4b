// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.backend.loki.fake.FakeOptions.Gateway;
import io.logbridge.backend.shipped.Json;
import io.logbridge.backend.testkit.PartialForm;
import io.logbridge.backend.testkit.StoredLine;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Ways in which shippers fill Loki, and operators configure it. Together they cover all. */
@SuppressWarnings("ImmutableEnumChecker") // the sets and maps are unmodifiable
enum LokiLayout {
  /** Raw lines, the pod's uid by a label of the user's. */
  PROMTAIL(Map.of("labels.podUid", "uid"), FakeOptions.DEFAULT, Set.of()),
  /** JSON, in several streams by the thread that sent it. */
  FLUENTD(Map.of(), FakeOptions.DEFAULT, Set.of(PartialForm.LOGTAG, PartialForm.PARTIAL_MESSAGE)),
  /** Pairs, from Docker's files. */
  FLUENTD_KEY_VALUE(
      Map.of(
          "labels.preset",
          "fluentd",
          "labels.podUid",
          "pod_id",
          "line.form",
          "key-value",
          "line.partial",
          "newline"),
      FakeOptions.DEFAULT,
      Set.of(PartialForm.MISSING_NEWLINE)),
  FLUENT_BIT(Map.of(), FakeOptions.DEFAULT, Set.of(PartialForm.UNDERSCORE_P, PartialForm.LOGTAG)),
  /** JSON, for a tenant. */
  VECTOR(
      Map.of("tenant", "team-a"),
      FakeOptions.DEFAULT.withTenants(),
      Set.of(PartialForm.UNDERSCORE_PARTIAL)),
  /** Behind LokiStack's gateway, with a sequence in each line. */
  VIAQ(
      Map.of(),
      FakeOptions.DEFAULT.behind(
          new Gateway("/api/logs/v1/application", LokiFixture.TOKEN, "kubernetes_namespace_name")),
      Set.of()),
  /**
   * The labels that Tekton Results asks by, of namespace and kind only; the rest is in the line.
   */
  VIAQ_BY_NAMESPACE(
      Map.of(
          "labels.preset",
          "viaq",
          "labels.pod",
          "",
          "labels.container",
          "",
          "labels.always",
          "log_type=application"),
      FakeOptions.DEFAULT.behind(
          new Gateway("/api/logs/v1/application", LokiFixture.TOKEN, "kubernetes_namespace_name")),
      Set.of()),
  /** As Fluent Bit does unless it is told otherwise: one label, which says nothing. */
  FLUENT_BIT_BY_JOB(
      Map.of(
          "labels.preset",
          "fluent-bit",
          "labels.namespace",
          "",
          "labels.pod",
          "",
          "labels.container",
          "",
          "labels.always",
          "job=fluent-bit"),
      FakeOptions.DEFAULT,
      Set.of(PartialForm.UNDERSCORE_P)),
  /** Pairs again, with the pod's name among them, and the namespace for a label. */
  FLUENTD_BY_NAMESPACE(
      Map.of(
          "labels.preset", "fluentd",
          "labels.pod", "",
          "labels.container", "",
          "line.form", "key-value",
          "line.pod", "pod_name",
          "line.podUid", "pod_id",
          "line.container", "container_name"),
      FakeOptions.DEFAULT,
      Set.of()),
  /** Everything but namespace, pod and container is metadata. */
  OTLP(Map.of(), FakeOptions.DEFAULT, Set.of(PartialForm.LOGTAG)),
  /** The pod too is metadata, and the server allows less than we ask for. */
  ALLOY(
      Map.of("labels.podUid", "pod_uid", "labels.structuredMetadata", "pod,podUid"),
      FakeOptions.DEFAULT.limited(3500, Duration.ofDays(20)),
      Set.of());

  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  final FakeOptions options;
  final Set<PartialForm> partialForms;
  private final Map<String, String> settings;

  LokiLayout(Map<String, String> settings, FakeOptions options, Set<PartialForm> partialForms) {
    this.settings = settings;
    this.options = options.shuffled();
    this.partialForms = partialForms;
  }

  /** The settings below {@code logStorage.loki} besides those of the connection. */
  Map<String, String> settings() {
    Map<String, String> all = new TreeMap<>(settings);
    all.putIfAbsent("labels.preset", name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return all;
  }

  /** The labels of the stream that a line goes to. */
  Map<String, String> labels(StoredLine line, long sequence) {
    ContainerRef container = line.container();
    return switch (this) {
      case PROMTAIL ->
          with(
              plain(container),
              "uid",
              container.podUid(),
              "stream",
              stream(line),
              "filename",
              "/var/log/pods/" + container.pod() + "/0.log");
      case FLUENTD -> with(plain(container), "fluentd_thread", "flush_thread_" + sequence % 2);
      case FLUENTD_KEY_VALUE -> with(plain(container), "pod_id", container.podUid());
      case FLUENT_BIT -> with(kubernetes(container), "job", "fluent-bit");
      case VECTOR -> plain(container);
      case VIAQ ->
          with(
              kubernetes(container),
              "log_type",
              "application",
              "kubernetes_host",
              "node-" + sequence % 2);
      case VIAQ_BY_NAMESPACE ->
          Map.of(
              "log_type",
              "application",
              "kubernetes_namespace_name",
              container.namespace(),
              "kubernetes_host",
              "node-" + sequence % 2);
      case FLUENT_BIT_BY_JOB -> Map.of("job", "fluent-bit");
      case FLUENTD_BY_NAMESPACE -> Map.of("namespace", container.namespace());
      case OTLP ->
          Map.of(
              "k8s_namespace_name", container.namespace(),
              "k8s_pod_name", container.pod(),
              "k8s_container_name", container.container());
      case ALLOY ->
          Map.of(
              "namespace", container.namespace(),
              "container", container.container(),
              "__stream_shard__", String.valueOf(sequence % 3));
    };
  }

  /** The metadata of the entry. */
  Map<String, String> metadata(StoredLine line) {
    ContainerRef container = line.container();
    return switch (this) {
      case OTLP -> {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("k8s_pod_uid", container.podUid());
        metadata.put("log_iostream", stream(line));
        metadata.put("logtag", line.piece() != null && !line.piece().last() ? "P" : "F");
        yield metadata;
      }
      case ALLOY ->
          Map.of("pod", container.pod(), "pod_uid", container.podUid(), "stream", stream(line));
      default -> Map.of();
    };
  }

  /** A text that the settings do not fit; {@code null} if every text is a line. */
  @Nullable String oddity(ContainerRef container) {
    return switch (this) {
      case FLUENTD_KEY_VALUE, FLUENT_BIT, VIAQ -> "bare, and not in quotes";
      case VIAQ_BY_NAMESPACE, FLUENT_BIT_BY_JOB -> withoutMessage(container);
      case FLUENTD_BY_NAMESPACE -> "level=info" + names(container);
      case PROMTAIL, FLUENTD, VECTOR, OTLP, ALLOY -> null;
    };
  }

  private static String withoutMessage(ContainerRef container) {
    StringWriter writer = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), writer)) {
      json.writeStartObject();
      json.writeStringProperty("level", "info");
      kubernetes(json, container, "namespace_name", "pod_name", "pod_id");
      json.writeEndObject();
    }
    return writer.toString();
  }

  /** Whether Loki can be asked to delete what a container wrote. */
  boolean canDelete() {
    return this != FLUENTD_BY_NAMESPACE;
  }

  /** The stored text. */
  String text(StoredLine line, long sequence) {
    return switch (this) {
      case PROMTAIL, OTLP, ALLOY -> line.text();
      case FLUENTD_KEY_VALUE -> pairs(line);
      case FLUENTD_BY_NAMESPACE -> pairs(line) + names(line.container());
      case FLUENTD, FLUENT_BIT, FLUENT_BIT_BY_JOB, VECTOR, VIAQ, VIAQ_BY_NAMESPACE ->
          json(line, sequence);
    };
  }

  private static String names(ContainerRef container) {
    return " pod_name="
        + container.pod()
        + " pod_id="
        + container.podUid()
        + " container_name="
        + container.container();
  }

  /** As fluent-plugin-grafana-loki writes them. */
  private static String pairs(StoredLine line) {
    boolean ended = line.piece() == null || line.piece().last();
    String log =
        (ended ? line.text() + "\n" : line.text()).replace("\\", "\\\\").replace("\"", "\\\"");
    boolean quoted = log.contains(" ") || log.contains("=");
    return (quoted ? "log=\"" + log + "\"" : "log=" + log) + " stream=" + stream(line);
  }

  private String json(StoredLine line, long sequence) {
    StringWriter writer = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), writer)) {
      json.writeStartObject();
      switch (this) {
        case FLUENTD -> {
          json.writeStringProperty("log", line.text() + "\n");
          json.writeStringProperty("stream", stream(line));
          kubernetes(json, line.container(), "namespace_name", "pod_name", "pod_id");
        }
        case FLUENT_BIT, FLUENT_BIT_BY_JOB -> {
          json.writeStringProperty("time", NANOS.format(line.timestamp()));
          json.writeStringProperty("log", line.text());
          json.writeStringProperty("stream", stream(line));
          kubernetes(json, line.container(), "namespace_name", "pod_name", "pod_id");
        }
        case VECTOR -> {
          json.writeStringProperty("message", line.text());
          json.writeStringProperty("stream", stream(line));
          kubernetes(json, line.container(), "pod_namespace", "pod_name", "pod_uid");
        }
        default -> {
          json.writeStringProperty("@timestamp", NANOS.format(line.timestamp()));
          json.writeStringProperty("message", line.text());
          json.writeObjectPropertyStart("openshift");
          json.writeNumberProperty("sequence", sequence);
          json.writeEndObject();
          json.writeStringProperty("kubernetes.container_iostream", stream(line));
          kubernetes(json, line.container(), "namespace_name", "pod_name", "pod_id");
        }
      }
      piece(json, line.piece());
      json.writeEndObject();
    }
    return writer.toString();
  }

  private static void piece(JsonGenerator json, StoredLine.Piece piece) {
    if (piece != null) {
      piece
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

  private static void kubernetes(
      JsonGenerator json, ContainerRef container, String namespace, String pod, String uid) {
    json.writeObjectPropertyStart("kubernetes");
    json.writeStringProperty(namespace, container.namespace());
    json.writeStringProperty(pod, container.pod());
    json.writeStringProperty(uid, container.podUid());
    json.writeStringProperty("container_name", container.container());
    json.writeEndObject();
  }

  private static Map<String, String> plain(ContainerRef container) {
    return Map.of(
        "namespace", container.namespace(),
        "pod", container.pod(),
        "container", container.container());
  }

  private static Map<String, String> kubernetes(ContainerRef container) {
    return Map.of(
        "kubernetes_namespace_name", container.namespace(),
        "kubernetes_pod_name", container.pod(),
        "kubernetes_container_name", container.container());
  }

  private static Map<String, String> with(Map<String, String> labels, String... more) {
    Map<String, String> all = new TreeMap<>(labels);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static String stream(StoredLine line) {
    return line.stream().name().toLowerCase(Locale.ROOT);
  }
}
