// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column of a table.
 *
 * @param type of OpenAPI, or {@code date} for a time that is shown as the time since
 * @param format of OpenAPI; {@code name} for the name of the object
 * @param priority 0 for what is always shown, more for {@code kubectl get -o wide} only
 * @param cell of an object
 */
record Column(
    String name,
    String type,
    String format,
    String description,
    int priority,
    Function<ObjectNode, JsonNode> cell) {

  static Column ofNames() {
    return new Column(
        "Name",
        "string",
        "name",
        "Name of the object, unique in its namespace.",
        0,
        object -> text(Json.text(object, "metadata", "name")));
  }

  static Column text(String name, String description, Function<ObjectNode, String> cell) {
    return new Column(name, "string", "", description, 0, object -> text(cell.apply(object)));
  }

  /** One that is shown in wide tables only. */
  Column wide() {
    return new Column(name, type, format, description, 1, cell);
  }

  ObjectNode definition() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", description)
        .put("priority", priority);
  }

  private static JsonNode text(String value) {
    return JsonNodeFactory.instance.stringNode(value);
  }
}
