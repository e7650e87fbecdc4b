// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.record.LabelSelector.Requirement;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Label selectors as conditions on the labels of archived objects. */
final class LabelConditions {

  /** As the index of labels has it. */
  private static final String LABELS = "data->'metadata'->'labels'";

  private static final JsonMapper JSON = new JsonMapper();

  private LabelConditions() {}

  /**
   * A condition that holds for all objects which are selected; it may hold for others where the
   * database cannot compare as Kubernetes does.
   */
  static Condition of(LabelSelector selector) {
    return selector.requirements().stream()
        .map(LabelConditions::of)
        .reduce(Condition.TRUE, Condition::and);
  }

  private static Condition of(Requirement requirement) {
    return switch (requirement.operator()) {
      case IN -> anyOf(requirement);
      // Of what has no labels the database does not know whether they have a value.
      case NOT_IN -> {
        Condition any = anyOf(requirement);
        yield new Condition("(" + any.sql() + ") IS NOT TRUE", any.parameters());
      }
      case EXISTS, GREATER, LESS ->
          Condition.of("(" + LABELS + "->>?::text) IS NOT NULL", requirement.key());
      case NOT_EXISTS -> Condition.of("(" + LABELS + "->>?::text) IS NULL", requirement.key());
    };
  }

  private static Condition anyOf(Requirement requirement) {
    return requirement.values().stream()
        .map(value -> JSON.writeValueAsString(Map.of(requirement.key(), value)))
        .map(pair -> Condition.of(LABELS + " @> ?::jsonb", pair))
        .reduce(Condition::or)
        .orElseThrow();
  }
}
