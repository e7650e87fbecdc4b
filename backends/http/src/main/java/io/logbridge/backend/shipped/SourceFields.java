// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that are read from documents, as a tree of keys. A field is found whether a document
 * nests it, {@code {"a":{"b":1}}}, or writes its dots into keys, {@code {"a.b":1}}.
 */
public final class SourceFields {

  private final Node root = new Node();
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * @param role what the field means
   * @param rank its place among the fields with this role: 0 is the best
   */
  record Slot(FieldRole role, int rank) {}

  /** The keys below one object. */
  static final class Node {

    private final Map<String, Node> children = new HashMap<>();
    private final List<Slot> slots = new ArrayList<>(1);

    /** What is below a key; {@code null} if nothing that we want. */
    @Nullable Node child(String key) {
      return children.get(key);
    }

    /** What a value at this place is for. */
    List<Slot> slots() {
      return slots;
    }

    boolean hasChildren() {
      return !children.isEmpty();
    }
  }

  /** All of these fields: those of each role, the best first. */
  public static SourceFields of(Map<FieldRole, List<String>> names) {
    SourceFields fields = new SourceFields();
    Map<String, Node> nodes = new HashMap<>();
    for (FieldRole role : FieldRole.values()) {
      List<String> alternatives = names.getOrDefault(role, List.of());
      for (int rank = 0; rank < alternatives.size(); rank++) {
        fields.add(nodes, alternatives.get(rank), new Slot(role, rank));
      }
    }
    return fields;
  }

  /** The names, for the store to send no others. */
  public Set<String> names() {
    return names;
  }

  Node root() {
    return root;
  }

  private void add(Map<String, Node> nodes, String name, Slot slot) {
    names.add(name);
    List<String> segments = Arrays.asList(name.split("\\.", -1));
    for (int from = 0; from < segments.size(); from++) {
      Node parent = from == 0 ? root : node(nodes, String.join(".", segments.subList(0, from)));
      for (int to = from + 1; to <= segments.size(); to++) {
        String key = String.join(".", segments.subList(from, to));
        parent.children.put(key, node(nodes, String.join(".", segments.subList(0, to))));
      }
    }
    node(nodes, name).slots.add(slot);
  }

  private static Node node(Map<String, Node> nodes, String path) {
    return nodes.computeIfAbsent(path, _ -> new Node());
  }
}
