// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads fields of objects that may lack them, or have something else there. */
final class Json {

  private Json() {}

  /** A text; empty if it is none. */
  static String text(JsonNode object, String... path) {
    JsonNode value = object;
    for (String field : path) {
      value = value.path(field);
    }
    return value.isString() ? value.stringValue() : "";
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return array.isArray() ? array.valueStream() : Stream.empty();
  }

  /** A time as Kubernetes writes it; {@code null} if it is none. */
  static @Nullable Instant time(JsonNode value) {
    if (!value.isString()) {
      return null;
    }
    try {
      return Instant.parse(value.stringValue());
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** A time as Kubernetes writes it. */
  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The labels of an object, those that are texts. */
  static Map<String, String> labels(JsonNode object) {
    Map<String, String> labels = new LinkedHashMap<>();
    object
        .path("metadata")
        .path("labels")
        .propertyStream()
        .filter(label -> label.getValue().isString())
        .forEach(label -> labels.put(label.getKey(), label.getValue().stringValue()));
    return labels;
  }

  /** The object at a field, which is made if there is none. */
  static ObjectNode object(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode found ? found : parent.putObject(field);
  }

  /** Copies a field that is there. */
  static void copy(JsonNode from, ObjectNode to, String field) {
    JsonNode value = from.path(field);
    if (!value.isMissingNode()) {
      to.set(field, value);
    }
  }

  /** Moves a field that is there, unless there is one at its new place. */
  static void move(ObjectNode from, String field, ObjectNode to, String newField) {
    JsonNode value = from.remove(field);
    if (value != null && !to.has(newField)) {
      to.set(newField, value);
    }
  }
}
