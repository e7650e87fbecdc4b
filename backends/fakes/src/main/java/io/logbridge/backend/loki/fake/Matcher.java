// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.util.Map;
import java.util.regex.Pattern;

/** One comparison of a label with a value; regular expressions match the whole value. */
record Matcher(String name, Op op, String value) {

  /** How it is compared. */
  enum Op {
    EQUAL,
    NOT_EQUAL,
    MATCHES,
    NOT_MATCHES,
  }

  boolean test(Map<String, String> labels) {
    String actual = labels.getOrDefault(name, "");
    return switch (op) {
      case EQUAL -> actual.equals(value);
      case NOT_EQUAL -> !actual.equals(value);
      case MATCHES -> Pattern.matches(value, actual);
      case NOT_MATCHES -> !Pattern.matches(value, actual);
    };
  }

  /** Whether a stream without the label would pass, in the eyes of Loki's check of a selector. */
  boolean isEmptyCompatible() {
    return test(Map.of());
  }
}
