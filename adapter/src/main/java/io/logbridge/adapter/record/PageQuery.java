// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.backend.Deadline;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement that reads a page of rows. */
final class PageQuery {

  /** So many rows of a larger page are held at once, besides those that have been read. */
  private static final int PIECE = 100;

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

  /** One that reads one row more than the page has, to see whether there is a next one. */
  static PageQuery oneMore(String select, Condition condition, Keyset keyset, PageLimit limit) {
    return new PageQuery(select, condition, keyset, limit.rows() + 1);
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

  /** Tells how large the document of a row is. */
  @FunctionalInterface
  interface Size<R> {
    long of(R row);
  }

  /**
   * Reads the page.
   *
   * @throws io.logbridge.adapter.error.RequestException as {@link Database#query}
   */
  <R> Rows<R> run(
      Database database, PageLimit limit, Deadline deadline, Reader<R> reader, Size<R> size) {
    Database.Work<Rows<R>> work = statement -> read(statement, limit, reader, size);
    return limit.rows() > PIECE
        ? database.queryInPieces(sql, PIECE, deadline, work)
        : database.query(sql, deadline, work);
  }

  private <R> Rows<R> read(
      PreparedStatement statement, PageLimit limit, Reader<R> reader, Size<R> size)
      throws SQLException {
    bind(statement);
    List<R> found = new ArrayList<>();
    long bytes = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (found.size() == limit.rows() || bytes >= limit.bytes()) {
          return new Rows<>(found, true);
        }
        R row = reader.read(rows);
        found.add(row);
        bytes += size.of(row);
      }
    }
    return new Rows<>(found, false);
  }
}
