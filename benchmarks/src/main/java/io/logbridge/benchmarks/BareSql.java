// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The statements that the server makes of the calls of {@link RecordClient}, with every column
 * read. Safe for use by many threads.
 */
final class BareSql {

  private static final String SELECT =
      """
      SELECT parent, result_id, result_name, name, id, type,
             COALESCE(data_as_written, data::text) AS data, etag, created_time, updated_time
        FROM records
      """;

  private static final String GET = SELECT + " WHERE parent = ? AND result_name = ? AND name = ?";

  private static final String LIST =
      SELECT
          + """
           WHERE parent = ? AND type = ?
             AND data->'metadata'->'labels' @> ?::jsonb
             AND data->'metadata'->'labels'->>'app' = ?
           ORDER BY created_time DESC, id DESC LIMIT ?
          """;

  private static final int COLUMNS = 10;

  private final DataSource pool;

  BareSql(DataSource pool) {
    this.pool = pool;
  }

  /** A record of the namespace. */
  void get(int number) {
    read(GET, 1, RecordTables.NAMESPACE, "benchmark", RecordTables.recordName(number));
  }

  /** The newest records with a label, and one more to see whether there is a next page. */
  void list(String app, int size) {
    read(
        LIST,
        size + 1,
        RecordTables.NAMESPACE,
        RecordTables.TYPE,
        "{\"app\":\"" + app + "\"}",
        app,
        size + 1);
  }

  private void read(String sql, int expected, Object... values) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      int read = rows(statement);
      if (read != expected) {
        throw new IllegalStateException("rows: " + read + " (expected: " + expected + ")");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the bare statement has failed", e);
    }
  }

  private static int rows(PreparedStatement statement) throws SQLException {
    int read = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        for (int column = 1; column <= COLUMNS; column++) {
          rows.getObject(column);
        }
        read++;
      }
    }
    return read;
  }
}
