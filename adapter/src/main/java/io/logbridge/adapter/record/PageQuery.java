// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement that reads a page of rows. */
final class PageQuery {

  private final String sql;
  private final List<Object> parameters;

  /**
   * @param select up to the table, without a condition
   * @param limit the most rows that come back
   */
  PageQuery(String select, Condition condition, Keyset keyset, int limit) {
    Condition where = condition.and(keyset.condition());
    this.sql = select + " WHERE " + where.sql() + keyset.orderBy() + " LIMIT ?";
    this.parameters = new ArrayList<>(where.parameters());
    parameters.add(limit);
  }

  String sql() {
    return sql;
  }

  void bind(PreparedStatement statement) throws SQLException {
    Parameters.bind(statement, parameters.toArray());
  }

  /** Reads one row. */
  @FunctionalInterface
  interface Reader<R> {
    R read(ResultSet rows) throws SQLException;
  }

  /** Binds the parameters and reads every row. */
  <R> Database.Work<List<R>> reading(Reader<R> reader) {
    return statement -> {
      bind(statement);
      List<R> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    };
  }
}
