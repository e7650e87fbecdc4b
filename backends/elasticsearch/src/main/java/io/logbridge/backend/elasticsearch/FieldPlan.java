// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.shipped.FieldRole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a container is found in indices as they are mapped.
 *
 * @param timestamp the field to sort and filter by
 * @param nanoseconds whether every index keeps it to the nanosecond
 * @param matches for each part of a container's name the ways to find it, of which one suffices; a
 *     part that is absent is not searched for
 */
record FieldPlan(String timestamp, boolean nanoseconds, Map<FieldRole, List<Match>> matches) {

  static final String KEYWORD_SUFFIX = ".keyword";

  private static final Set<String> KEYWORDS = Set.of("keyword", "constant_keyword", "wildcard");
  private static final Set<String> TEXTS = Set.of("text", "match_only_text");
  private static final Set<String> KEYWORDS_AND_TEXTS =
      Set.of("keyword", "constant_keyword", "wildcard", "text", "match_only_text");
  private static final Set<String> DATES = Set.of("date", "date_nanos");

  FieldPlan {
    matches = Map.copyOf(matches);
  }

  /**
   * One way to find a value.
   *
   * @param field to search in
   * @param phrase whether the field is analysed, so that others are found as well: {@code a-b}
   *     finds {@code x-a-b}. Every hit must be compared with the value then
   */
  record Match(String field, boolean phrase) {}

  /** Whether hits of this part's search must be compared with its value. */
  boolean isInexact(FieldRole role) {
    return matches.getOrDefault(role, List.of()).stream().anyMatch(Match::phrase);
  }

  /**
   * @throws LogBackendException if the indices lack a field or map it to something unusable
   */
  static FieldPlan of(FieldMapping mapping, Map<String, FieldTypes> types, String indices) {
    String timestamp = timestamp(mapping, types, indices);
    Map<FieldRole, List<Match>> matches = new EnumMap<>(FieldRole.class);
    for (FieldRole role :
        List.of(FieldRole.NAMESPACE, FieldRole.POD, FieldRole.POD_UID, FieldRole.CONTAINER)) {
      List<Match> ways = matches(mapping.get(role), types);
      if (!ways.isEmpty()) {
        matches.put(role, ways);
      } else if (role.required()) {
        throw unusable(mapping, types, indices, role, "keyword or text");
      }
    }
    boolean nanoseconds =
        types.getOrDefault(timestamp, FieldTypes.NONE).isOnly(Set.of("date_nanos"));
    return new FieldPlan(timestamp, nanoseconds, matches);
  }

  private static List<Match> matches(List<String> names, Map<String, FieldTypes> types) {
    List<Match> ways = new ArrayList<>();
    for (String name : names) {
      FieldTypes field = types.getOrDefault(name, FieldTypes.NONE);
      FieldTypes keyword = types.getOrDefault(name + KEYWORD_SUFFIX, FieldTypes.NONE);
      if (field.isOnly(KEYWORDS)) {
        ways.add(new Match(name, false));
      } else if (field.isOnly(TEXTS)
          && keyword.isOnly(KEYWORDS)
          && keyword.unmappedIn().equals(field.unmappedIn())) {
        ways.add(new Match(name + KEYWORD_SUFFIX, false));
      } else if (field.isOnly(KEYWORDS_AND_TEXTS)) {
        // On a keyword a phrase is a term: one query serves indices of both kinds.
        ways.add(new Match(name, true));
      }
    }
    return ways;
  }

  private static String timestamp(
      FieldMapping mapping, Map<String, FieldTypes> types, String indices) {
    List<String> usable =
        mapping.get(FieldRole.TIMESTAMP).stream()
            .filter(name -> types.getOrDefault(name, FieldTypes.NONE).isOnly(DATES))
            .toList();
    if (usable.isEmpty()) {
      throw unusable(mapping, types, indices, FieldRole.TIMESTAMP, "date or date_nanos");
    }
    if (usable.size() == 1) {
      return usable.getFirst();
    }
    return usable.stream()
        .filter(name -> types.getOrDefault(name, FieldTypes.NONE).unmappedIn().isEmpty())
        .findFirst()
        .orElseThrow(() ->
            new LogBackendException(
                Reason.INCOMPLETE,
                "Elasticsearch indices "
                    + indices
                    + " have their times in different fields: "
                    + String.join(", ", usable)
                    + " (expected: one of them in all; set fields.timestamp or a narrower"
                    + " index)"));
  }

  private static LogBackendException unusable(
      FieldMapping mapping,
      Map<String, FieldTypes> types,
      String indices,
      FieldRole role,
      String expected) {
    List<String> found = new ArrayList<>();
    for (String name : mapping.get(role)) {
      FieldTypes field = types.getOrDefault(name, FieldTypes.NONE);
      found.add(name + (field.isMapped() ? " mapped as " + field.describe() : " not mapped"));
    }
    return new LogBackendException(
        Reason.MISCONFIGURED,
        "Elasticsearch indices "
            + indices
            + ": "
            + String.join(", ", found)
            + " (expected: "
            + expected
            + "; the preset is "
            + mapping.preset()
            + ": set fields.preset or fields."
            + role.key()
            + ")");
  }
}
