// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import org.jspecify.annotations.Nullable;

/**
 * The translation of an expression.
 *
 * @param text of a value in JSON, where there is a shorter way to it than by the JSON
 * @param literal what the filter says literally
 * @param entry where the value stands, if containment can find it
 */
record Value(
    Kind kind, Sql sql, @Nullable Sql text, @Nullable Object literal, @Nullable Entry entry) {

  /**
   * A key of JSON objects for which containment can be asked, since an index can answer that.
   *
   * @param object a column, or a fixed path below one
   */
  record Entry(String object, String key) {}

  static Value of(Kind kind, Sql sql) {
    return new Value(kind, sql, null, null, null);
  }

  static Value of(Kind kind, String template, Sql... parts) {
    return of(kind, Sql.format(template, parts));
  }

  static Value literal(Kind kind, String type, Object value) {
    return new Value(kind, Sql.parameter(type, value), null, value, null);
  }

  static Value string(String value) {
    return literal(Kind.STRING, "text", value);
  }

  static Value bool(boolean value) {
    return new Value(Kind.BOOL, Sql.of(value ? "TRUE" : "FALSE"), null, value, null);
  }

  /** As text: a string is its characters, anything else its JSON; NULL for null. */
  Sql asText() {
    if (text != null) {
      return text;
    }
    return kind.isJson() ? Sql.format("(% #>> '{}')", sql) : sql;
  }

  /** Whether naming it twice costs nothing and cannot make the SQL grow with its depth. */
  boolean isCheap() {
    return literal != null || (!kind.isJson() && !sql.text().contains("("));
  }
}
