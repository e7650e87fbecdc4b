// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.shipped.FieldPreset;
import io.logbridge.backend.shipped.FieldRole;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Shippers whose events we know. */
enum EventPreset {
  /** The Helm chart of the Splunk OpenTelemetry Collector: the line, and fields of the index. */
  OPENTELEMETRY,
  /** Splunk Connect for Kubernetes, and whatever else uses its names. */
  SCK,
  /** fluentd with fluent-plugin-splunk-hec: an event is a record in JSON. */
  FLUENTD,
  /** Fluent Bit's output splunk. */
  FLUENT_BIT,
  /** Vector's sink splunk_hec_logs, with the codec json. */
  VECTOR,
  /** The collector of OpenShift Logging. */
  VIAQ;

  /** Whether an event is an object in JSON, and not the text of a line. */
  boolean isJson() {
    return switch (this) {
      case OPENTELEMETRY, SCK -> false;
      case FLUENTD, FLUENT_BIT, VECTOR, VIAQ -> true;
    };
  }

  /** The fields of each role, the best first; a role that the shipper has nothing for is absent. */
  Map<FieldRole, List<String>> fields() {
    return switch (this) {
      case OPENTELEMETRY ->
          Map.of(
              FieldRole.NAMESPACE, List.of("k8s.namespace.name"),
              FieldRole.POD, List.of("k8s.pod.name"),
              FieldRole.POD_UID, List.of("k8s.pod.uid"),
              FieldRole.CONTAINER, List.of("k8s.container.name"),
              FieldRole.STREAM, List.of("log.iostream"));
      case SCK ->
          Map.of(
              FieldRole.NAMESPACE, List.of("namespace"),
              FieldRole.POD, List.of("pod"),
              FieldRole.POD_UID, List.of("pod_uid"),
              FieldRole.CONTAINER, List.of("container_name"),
              FieldRole.STREAM, List.of("stream"));
      case FLUENTD -> withTime(FieldPreset.FLUENTD);
      case FLUENT_BIT -> withTime(FieldPreset.FLUENT_BIT);
      case VECTOR -> FieldPreset.VECTOR.fields();
      case VIAQ -> FieldPreset.VIAQ.fields();
    };
  }

  /** The parsers of container logs may keep the runtime's own time under this name. */
  private static Map<FieldRole, List<String>> withTime(FieldPreset preset) {
    Map<FieldRole, List<String>> fields = new EnumMap<>(preset.fields());
    fields.put(FieldRole.TIME, List.of("time", "@timestamp"));
    return fields;
  }
}
