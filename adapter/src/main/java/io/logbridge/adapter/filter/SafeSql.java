// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

/** Pieces of SQL that read what records hold, and never end a statement over it. */
public final class SafeSql {

  private SafeSql() {}

  /**
   * A time that is text in a record, as {@code timestamptz}; NULL if it is not one.
   *
   * @param text an expression of SQL
   */
  public static String timestamp(String text) {
    Value value = Value.of(Kind.STRING, Sql.of(text));
    return new Casts(new Names()).timestamp(value).text();
  }
}
