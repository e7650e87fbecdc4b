// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The objects that a client has been shown lately, so that it can be told when they are gone. */
final class ShownObjects {

  /** Of the oldest of more than these nobody is told. */
  static final int MOST = 1000;

  /** What is kept of an object: enough for a client to know which it was. */
  private static final List<String> KEPT =
      List.of("name", "namespace", "uid", "creationTimestamp", "labels", "resourceVersion");

  private record Shown(String record, ObjectNode object) {}

  private final Map<String, Shown> shown = new LinkedHashMap<>();

  /**
   * @param record the uid of the record that the object is made of
   */
  void add(String record, ObjectNode object) {
    String key = key(object);
    shown.remove(key); // it is the latest now
    shown.put(key, new Shown(record, kept(object)));
    if (shown.size() > MOST) {
      shown.remove(shown.keySet().iterator().next());
    }
  }

  boolean has(JsonNode object) {
    return shown.containsKey(key(object));
  }

  void remove(JsonNode object) {
    shown.remove(key(object));
  }

  /** The records that all of them are made of. */
  Set<String> records() {
    return shown.values().stream().map(Shown::record).collect(Collectors.toUnmodifiableSet());
  }

  /** Takes away what was made of these records. */
  List<ObjectNode> removeOf(Collection<String> records) {
    List<ObjectNode> removed = new ArrayList<>();
    shown
        .values()
        .removeIf(each -> {
          boolean gone = records.contains(each.record());
          if (gone) {
            removed.add(each.object());
          }
          return gone;
        });
    return removed;
  }

  private static String key(JsonNode object) {
    return Json.text(object, "metadata", "namespace") + "/" + Json.text(object, "metadata", "name");
  }

  private static ObjectNode kept(ObjectNode object) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    Json.copy(object, kept, "apiVersion");
    Json.copy(object, kept, "kind");
    ObjectNode metadata = kept.putObject("metadata");
    KEPT.forEach(field -> Json.copy(object.path("metadata"), metadata, field));
    return kept;
  }
}
