// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.LabelSelector;
import tools.jackson.databind.JsonNode;

/** Which objects of a list are wanted. */
record Selection(LabelSelector labels, FieldSelector fields) {

  /**
   * Reads the selectors of a request.
   *
   * @throws io.logbridge.adapter.error.RequestException {@code INVALID_ARGUMENT} if one cannot be
   *     read, or names a field that the resource has no selector for
   */
  static Selection of(String labels, String fields, KubeResource resource) {
    return new Selection(LabelSelectorParser.parse(labels), FieldSelector.parse(fields, resource));
  }

  /** Whether at most one object of a namespace can be wanted. */
  boolean isOfOneName() {
    return fields.required("metadata.name").isPresent();
  }

  boolean matches(JsonNode object) {
    return labels.matches(Json.labels(object)) && fields.matches(object);
  }
}
