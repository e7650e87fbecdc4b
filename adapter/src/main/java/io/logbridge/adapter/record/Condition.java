// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.filter.SqlCondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition in SQL.
 *
 * @param sql with a question mark for each parameter; {@code TRUE} for no condition
 * @param parameters of its question marks, first to last
 */
record Condition(String sql, List<Object> parameters) {

  static final Condition TRUE = new Condition("TRUE", List.of());

  static Condition of(String sql, Object... parameters) {
    return new Condition(sql, List.of(parameters));
  }

  static Condition of(SqlCondition filter) {
    return new Condition(filter.sql(), filter.parameters());
  }

  /** That a column has this value; no condition if there is none. */
  static Condition equal(String column, @Nullable String value) {
    return value == null ? TRUE : of(column + " = ?", value);
  }

  Condition and(Condition other) {
    if (this.equals(TRUE)) {
      return other;
    }
    if (other.equals(TRUE)) {
      return this;
    }
    return joined(" AND ", other);
  }

  Condition or(Condition other) {
    return joined(" OR ", other);
  }

  private Condition joined(String operator, Condition other) {
    List<Object> both = new ArrayList<>(parameters);
    both.addAll(other.parameters);
    return new Condition("(" + sql + ")" + operator + "(" + other.sql + ")", both);
  }
}
