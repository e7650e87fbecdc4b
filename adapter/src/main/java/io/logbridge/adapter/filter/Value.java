// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The translation of an expression.
 *
 * @param text of a value in JSON, where there is a shorter way to it than by the JSON
 * @param literal what the filter says literally
 * @param entry where the value stands, if containment can find it
 * @param element what the elements of a list or the values of a map are, if they are all the same
 */
record Value(
    Kind kind,
    Sql sql,
    @Nullable Sql text,
    @Nullable Object literal,
    @Nullable Entry entry,
    Kind element) {

  private static final Pattern COLUMN = Pattern.compile("[a-z_]+");

  /**
   * A key of JSON objects for which containment can be asked, since an index can answer that.
   *
   * @param object a column, or a fixed path below one
   */
  record Entry(String object, String key) {}

  static Value of(Kind kind, Sql sql) {
    return new Value(kind, sql, null, null, null, Kind.JSON);
  }

  /** A list or a map. */
  static Value container(Kind kind, Kind element, Sql sql) {
    return new Value(kind, sql, null, null, null, element);
  }

  static Value of(Kind kind, String template, Sql... parts) {
    return of(kind, Sql.format(template, parts));
  }

  static Value literal(Kind kind, String type, Object value) {
    return new Value(kind, Sql.parameter(type, value), null, value, null, Kind.JSON);
  }

  static Value string(String value) {
    return literal(Kind.STRING, "text", value);
  }

  static Value bool(boolean value) {
    return new Value(Kind.BOOL, Sql.of(value ? "TRUE" : "FALSE"), null, value, null, Kind.JSON);
  }

  /** As text: a string is its characters, anything else its JSON; NULL for null. */
  Sql asText() {
    if (text != null) {
      return text;
    }
    return kind.isJson() ? Sql.format("(% #>> '{}')", sql) : sql;
  }

  /** Whether it is a column of the table, which may be empty. */
  boolean isColumn() {
    return literal == null && COLUMN.matcher(sql.text()).matches();
  }

  /** Whether it is a column, or what a column of JSON has under a key. */
  boolean isField() {
    return text != null || entry != null || isColumn();
  }
}
