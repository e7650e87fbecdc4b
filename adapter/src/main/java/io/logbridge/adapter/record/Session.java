// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

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
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      limit(statement);
      return work.apply(statement);
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
