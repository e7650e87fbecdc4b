// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.util.List;
import java.util.Map;

/**
 * What the labels of an object have to be, in the sense of Kubernetes.
 *
 * @param requirements all of which have to be met
 */
public record LabelSelector(List<Requirement> requirements) {

  /** What all labels meet. */
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /** How a label is compared. */
  public enum Operator {
    /** Has one of the values. */
    IN,
    /** Has none of the values, or there is no such label. */
    NOT_IN,
    EXISTS,
    NOT_EXISTS,
    /** Is a whole number greater than the value. */
    GREATER,
    /** Is a whole number less than the value. */
    LESS,
  }

  /**
   * What one label has to be.
   *
   * @param values none for existence, one whole number of 64 bits for comparisons
   */
  public record Requirement(String key, Operator operator, List<String> values) {

    public Requirement {
      values = List.copyOf(values);
    }

    boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case NOT_EXISTS -> value == null;
        case GREATER -> value != null && isNumber(value) && compared(value) > 0;
        case LESS -> value != null && isNumber(value) && compared(value) < 0;
      };
    }

    private int compared(String value) {
      return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
    }

    private static boolean isNumber(String value) {
      try {
        Long.parseLong(value);
        return true;
      } catch (NumberFormatException _) {
        return false;
      }
    }
  }

  /** Whether an object with these labels is selected. */
  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }
}
