// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Annotations as the database has them: a JSON object of texts, or NULL if there are none. */
final class Annotations {

  private static final JsonMapper JSON = new JsonMapper();

  private Annotations() {}

  static @Nullable String toJson(Map<String, String> annotations) {
    if (annotations.isEmpty()) {
      return null;
    }
    ObjectNode object = JSON.createObjectNode();
    annotations.forEach(object::put);
    return JSON.writeValueAsString(object);
  }

  static Map<String, String> fromJson(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    Map<String, String> annotations = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : JSON.readTree(json).properties()) {
      annotations.put(entry.getKey(), entry.getValue().asString());
    }
    return annotations;
  }
}
