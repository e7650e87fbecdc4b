// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.fieldmask;

import com.google.protobuf.ByteString;
import io.logbridge.adapter.json.ClientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parts of a JSON document. The outcome has the shape of the paths: for {@code a.b} an object with
 * an object, sorted by name, and {@code null} for what is not there.
 *
 * <p>Paths are those of gjson, without its queries and modifiers: a step is the name of a member,
 * the index of an element, or {@code #}, which stands for the number of elements at the end of a
 * path and for every element before its end. A name that has a dot cannot be written.
 *
 * @see <a href="https://github.com/tidwall/gjson/blob/master/SYNTAX.md">GJSON path syntax</a>
 */
final class JsonPaths {

  private static final String EACH = "#";

  private final JsonNode document;

  private JsonPaths(JsonNode document) {
    this.document = document;
  }

  /** The wanted parts of a document; the document itself if it is not JSON. */
  static ByteString of(FieldMask mask, ByteString document) {
    JsonNode json;
    try {
      json = ClientJson.read(document.newInput());
    } catch (JacksonException _) {
      return document;
    }
    ObjectNode parts = new JsonPaths(json).parts(mask, new ArrayList<>());
    return ByteString.copyFrom(ClientJson.bytes(parts));
  }

  private ObjectNode parts(FieldMask mask, List<String> path) {
    ObjectNode parts = ClientJson.object();
    for (Map.Entry<String, FieldMask> child : mask.children().entrySet()) {
      path.addLast(child.getKey());
      parts.set(
          child.getKey(),
          child.getValue().coversAll()
              ? orNull(find(document, path))
              : parts(child.getValue(), path));
      path.removeLast();
    }
    return parts;
  }

  private static JsonNode orNull(@Nullable JsonNode found) {
    return found == null ? NullNode.getInstance() : found;
  }

  private static @Nullable JsonNode find(JsonNode from, List<String> path) {
    JsonNode at = from;
    for (int i = 0; i < path.size() && at != null; i++) {
      if (at.isArray() && path.get(i).equals(EACH)) {
        return each((ArrayNode) at, path.subList(i + 1, path.size()));
      }
      at = step(at, path.get(i));
    }
    return at;
  }

  private static @Nullable JsonNode step(JsonNode at, String name) {
    if (!at.isArray()) {
      return at.get(name);
    }
    return name.matches("[0-9]{1,9}") ? at.get(Integer.parseInt(name)) : null;
  }

  private static JsonNode each(ArrayNode elements, List<String> path) {
    if (path.isEmpty()) {
      return IntNode.valueOf(elements.size());
    }
    ArrayNode found = ClientJson.array();
    for (JsonNode element : elements) {
      JsonNode part = find(element, path);
      if (part != null) {
        found.add(part);
      }
    }
    return found;
  }
}
