// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static io.logbridge.backend.loki.LabelRole.CONTAINER;
import static io.logbridge.backend.loki.LabelRole.NAMESPACE;
import static io.logbridge.backend.loki.LabelRole.PARTIAL;
import static io.logbridge.backend.loki.LabelRole.POD;
import static io.logbridge.backend.loki.LabelRole.POD_UID;
import static io.logbridge.backend.loki.LabelRole.STREAM;

import io.logbridge.backend.shipped.FieldPreset;
import io.logbridge.backend.shipped.LineForm;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Shippers whose labels and lines we know. */
enum LokiPreset {
  /** fluent-plugin-grafana-loki, with labels as in its documentation. */
  FLUENTD,
  /** Fluent Bit's output, with {@code label_keys} for namespace, pod and container. */
  FLUENT_BIT,
  /** Vector's sink, with labels for namespace, pod and container. */
  VECTOR,
  /** Promtail with a {@code cri} or {@code docker} stage. */
  PROMTAIL,
  /** Alloy, whose chart for Kubernetes keeps the pod in the metadata of the entries. */
  ALLOY,
  /** The collector of OpenShift Logging, and LokiStack. */
  VIAQ,
  /** Loki's OTLP endpoint. */
  OTLP;

  /** The label of each role; a role that the shipper has nothing for is absent. */
  Map<LabelRole, String> labels() {
    return switch (this) {
      case FLUENTD, VECTOR, PROMTAIL, ALLOY -> named("namespace", "pod", "container", "stream");
      case FLUENT_BIT, VIAQ ->
          named(
              "kubernetes_namespace_name",
              "kubernetes_pod_name",
              "kubernetes_container_name",
              "stream");
      case OTLP -> {
        Map<LabelRole, String> labels =
            named("k8s_namespace_name", "k8s_pod_name", "k8s_container_name", "log_iostream");
        labels.put(POD_UID, "k8s_pod_uid");
        labels.put(PARTIAL, "logtag");
        yield labels;
      }
    };
  }

  /** The roles that are not labels of the stream but metadata of the entry. */
  Set<LabelRole> metadata() {
    return switch (this) {
      case FLUENTD, FLUENT_BIT, VECTOR, PROMTAIL, VIAQ -> Set.of();
      case ALLOY -> Set.of(POD);
      case OTLP -> Set.of(POD_UID);
    };
  }

  /** What a line is. */
  LineForm line() {
    return switch (this) {
      case FLUENTD, VECTOR -> LineForm.AUTO;
      case FLUENT_BIT, VIAQ -> LineForm.JSON;
      case PROMTAIL, ALLOY, OTLP -> LineForm.RAW;
    };
  }

  /** The fields of lines that are documents. */
  FieldPreset fields() {
    return switch (this) {
      case FLUENTD, PROMTAIL, ALLOY -> FieldPreset.FLUENTD;
      case FLUENT_BIT -> FieldPreset.FLUENT_BIT;
      case VECTOR -> FieldPreset.VECTOR;
      case VIAQ -> FieldPreset.VIAQ;
      case OTLP -> FieldPreset.OPENTELEMETRY;
    };
  }

  private static Map<LabelRole, String> named(
      String namespace, String pod, String container, String stream) {
    Map<LabelRole, String> labels = new EnumMap<>(LabelRole.class);
    labels.put(NAMESPACE, namespace);
    labels.put(POD, pod);
    labels.put(CONTAINER, container);
    labels.put(STREAM, stream);
    return labels;
  }
}
