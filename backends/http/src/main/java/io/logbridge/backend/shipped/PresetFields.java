// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where each shipper puts what we need. */
final class PresetFields {

  private final Map<FieldRole, List<String>> names = new EnumMap<>(FieldRole.class);

  private PresetFields() {}

  static PresetFields of(FieldPreset preset) {
    return switch (preset) {
      case FLUENTD ->
          kubernetes("namespace_name", "pod_name", "pod_id", "container_name")
              .with(FieldRole.MESSAGE, "log", "message")
              .with(FieldRole.PARTIAL, "logtag", "partial_message")
              .with(FieldRole.PARTIAL_LAST, "partial_last");
      // It cuts @timestamp to milliseconds and keeps the rest in time.
      case FLUENT_BIT ->
          kubernetes("namespace_name", "pod_name", "pod_id", "container_name")
              .with(FieldRole.TIME, "time", "@timestamp")
              .with(FieldRole.MESSAGE, "log", "message")
              .with(FieldRole.PARTIAL, "_p", "logtag");
      case VECTOR ->
          kubernetes("pod_namespace", "pod_name", "pod_uid", "container_name")
              .with(FieldRole.TIMESTAMP, "timestamp", "@timestamp")
              .with(FieldRole.TIME, "timestamp", "@timestamp")
              .with(FieldRole.PARTIAL, "_partial");
      case FILEBEAT ->
          kubernetes("namespace", "pod.name", "pod.uid", "container.name")
              .with(FieldRole.OFFSET, "log.offset")
              .with(FieldRole.FILE, "log.file.path");
      case VIAQ ->
          kubernetes("namespace_name", "pod_name", "pod_id", "container_name")
              .with(FieldRole.MESSAGE, "message", "structured")
              .with(FieldRole.STREAM, "kubernetes.container_iostream")
              .with(FieldRole.SEQUENCE, "openshift.sequence");
      case OPENTELEMETRY ->
          new PresetFields()
              .with(FieldRole.TIMESTAMP, "@timestamp")
              .with(FieldRole.TIME, "@timestamp")
              .with(
                  FieldRole.NAMESPACE,
                  "resource.attributes.k8s.namespace.name",
                  "Resource.k8s.namespace.name",
                  "kubernetes.namespace")
              .with(
                  FieldRole.POD,
                  "resource.attributes.k8s.pod.name",
                  "Resource.k8s.pod.name",
                  "kubernetes.pod.name")
              .with(
                  FieldRole.POD_UID,
                  "resource.attributes.k8s.pod.uid",
                  "Resource.k8s.pod.uid",
                  "kubernetes.pod.uid")
              .with(
                  FieldRole.CONTAINER,
                  "resource.attributes.k8s.container.name",
                  "Resource.k8s.container.name",
                  "kubernetes.container.name")
              .with(FieldRole.MESSAGE, "body.text", "Body", "message", "body.structured")
              .with(
                  FieldRole.STREAM,
                  "attributes.log.iostream",
                  "Attributes.log.iostream",
                  "log.iostream",
                  "stream")
              .with(FieldRole.PARTIAL, "attributes.logtag", "Attributes.logtag", "logtag")
              .with(
                  FieldRole.OFFSET,
                  "attributes.log.file.record_number",
                  "Attributes.log.file.record_number",
                  "log.file.record_number")
              .with(
                  FieldRole.FILE,
                  "attributes.log.file.path",
                  "Attributes.log.file.path",
                  "log.file.path");
    };
  }

  /** The fields of each role, the best first. */
  Map<FieldRole, List<String>> names() {
    return names;
  }

  private static PresetFields kubernetes(
      String namespace, String pod, String podUid, String container) {
    return new PresetFields()
        .with(FieldRole.TIMESTAMP, "@timestamp")
        .with(FieldRole.TIME, "@timestamp")
        .with(FieldRole.NAMESPACE, "kubernetes." + namespace)
        .with(FieldRole.POD, "kubernetes." + pod)
        .with(FieldRole.POD_UID, "kubernetes." + podUid)
        .with(FieldRole.CONTAINER, "kubernetes." + container)
        .with(FieldRole.MESSAGE, "message")
        .with(FieldRole.STREAM, "stream");
  }

  private PresetFields with(FieldRole role, String... alternatives) {
    names.put(role, Arrays.asList(alternatives));
    return this;
  }
}
