// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.trace.Traced;
import io.logbridge.adapter.trace.Traces;
import io.logbridge.backend.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** A connection while one call has it; every statement on it keeps the call's deadline. */
final class Session {

  private final Connection connection;
  private final Deadline deadline;
  private final Duration ownLimit;

  /**
   * Begins to work with a connection.
   *
   * @param ownLimit after which the connection ends each statement by itself
   */
  Session(Connection connection, Deadline deadline, Duration ownLimit) {
    this.connection = connection;
    this.deadline = deadline;
    this.ownLimit = ownLimit;
  }

  /**
   * Runs a statement.
   *
   * @throws io.logbridge.adapter.error.RequestException {@code DEADLINE_EXCEEDED} if no time is
   *     left for it
   */
  <T> T query(String sql, Database.Work<T> work) throws SQLException {
    if (deadline.isExpired()) {
      throw DatabaseErrors.deadlinePassed(null);
    }
    try (Traced span = Traces.request(verb(sql));
        PreparedStatement statement = connection.prepareStatement(sql)) {
      span.attribute("db.system.name", "postgresql");
      span.attribute("db.query.text", sql); // values are never part of it
      return traced(span, work, statement);
    }
  }

  /** The first word of a statement, which may be its only one. */
  private static String verb(String sql) {
    int end = 0;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(0, end);
  }

  private <T> T traced(Traced span, Database.Work<T> work, PreparedStatement statement)
      throws SQLException {
    try {
      limit(statement);
      return work.apply(statement);
    } catch (SQLException e) {
      span.failed(String.valueOf(e.getSQLState()));
      throw e;
    }
  }

  /** The driver's timer takes a fifth of a short call's time: only where it ends one sooner. */
  private void limit(PreparedStatement statement) throws SQLException {
    Duration remaining = deadline.remaining();
    if (remaining.compareTo(ownLimit) < 0) {
      // Whole seconds are all that JDBC has; the deadline is exceeded by less than one.
      statement.setQueryTimeout((int) Math.max(1, remaining.plusMillis(999).toSeconds()));
    }
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** Rolls back what has not been committed. */
  void end() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }
}
