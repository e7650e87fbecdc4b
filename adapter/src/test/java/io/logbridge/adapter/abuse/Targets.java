// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

/** The stores, in the ways in which queries are built. */
enum Targets {
  LOKI_LABELS,
  LOKI_METADATA,
  SPLUNK_RECORDS,
  SPLUNK_FIELDS,
  ELASTICSEARCH;

  Target start() throws Exception {
    return switch (this) {
      case LOKI_LABELS -> new LokiTarget(true);
      case LOKI_METADATA -> new LokiTarget(false);
      case SPLUNK_RECORDS -> new SplunkTarget(true);
      case SPLUNK_FIELDS -> new SplunkTarget(false);
      case ELASTICSEARCH -> new ElasticsearchTarget();
    };
  }
}
