// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import tools.jackson.databind.JsonNode;

/**
 * A row of the table {@code records}.
 *
 * @param name the last segment of its resource name
 * @param type of its data: {@code tekton.dev/v1.TaskRun}
 * @param data the archived object
 */
record StoredRecord(String name, String type, JsonNode data) {

  /** The kind of the archived object, without group and version: {@code TaskRun}. */
  String kind() {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('/')) + 1);
  }
}
