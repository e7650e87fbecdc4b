// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.json.ClientJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Annotations as the database has them: a JSON object of texts, or NULL if there are none. What
 * else somebody has put there is shown as its JSON.
 */
final class Annotations {

  private Annotations() {}

  static @Nullable String toJson(Map<String, String> annotations) {
    if (annotations.isEmpty()) {
      return null;
    }
    ObjectNode object = ClientJson.object();
    annotations.forEach(object::put);
    return ClientJson.text(object);
  }

  static Map<String, String> fromJson(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    Map<String, String> annotations = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : ClientJson.read(json).properties()) {
      JsonNode value = entry.getValue();
      annotations.put(
          entry.getKey(), value.isString() ? value.stringValue() : ClientJson.text(value));
    }
    return annotations;
  }
}
