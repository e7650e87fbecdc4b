// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import java.util.List;
import java.util.Map;

/** Shippers whose documents we know; {@link PresetFields} has their fields. */
public enum FieldPreset {
  /** fluentd with fluent-plugin-kubernetes_metadata_filter. */
  FLUENTD,
  FLUENT_BIT,
  VECTOR,
  /** Filebeat and Elastic Agent: the Elastic Common Schema. */
  FILEBEAT,
  /** The collector of OpenShift Logging. */
  VIAQ,
  /** The Elasticsearch exporter of the OpenTelemetry collector, in each of its mapping modes. */
  OPENTELEMETRY;

  /** The fields of each role, the best first; a role that the shipper has nothing for is absent. */
  public Map<FieldRole, List<String>> fields() {
    return PresetFields.of(this).names();
  }
}
