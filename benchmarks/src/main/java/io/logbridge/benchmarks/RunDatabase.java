// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A real PostgreSQL with a TaskRun for each log. */
final class RunDatabase implements AutoCloseable {

  private final EmbeddedPostgres server;

  private RunDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts an empty one. */
  static RunDatabase start() throws IOException {
    return new RunDatabase(EmbeddedPostgres.start());
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** Stores the runs, once a server has made the tables. */
  void insert(List<SampleLog> logs) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      run(
          connection,
          "INSERT INTO results (parent, id, name) VALUES (?, 'benchmark-id', 'benchmark')"
              + " ON CONFLICT DO NOTHING",
          SampleLog.NAMESPACE);
      for (SampleLog log : logs) {
        run(
            connection,
            "INSERT INTO records (parent, result_id, result_name, id, name, type, data, etag)"
                + " VALUES (?, 'benchmark-id', 'benchmark', ?, ?, 'tekton.dev/v1.TaskRun',"
                + " ?::jsonb, '1') ON CONFLICT DO NOTHING",
            SampleLog.NAMESPACE,
            "id-" + log.pod(),
            log.pod(),
            taskRun(log));
      }
    }
  }

  private static void run(Connection connection, String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  private static String taskRun(SampleLog log) {
    return """
    {"apiVersion": "tekton.dev/v1", "kind": "TaskRun",
     "metadata": {"name": "%s", "namespace": "%s", "uid": "uid-of-%s"},
     "status": {"podName": "%s", "startTime": "%s", "completionTime": "%s",
       "steps": [{"name": "build", "container": "%s"}]}}\
    """
        .formatted(
            log.pod(),
            SampleLog.NAMESPACE,
            log.pod(),
            log.pod(),
            log.start().truncatedTo(ChronoUnit.SECONDS),
            log.end().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1),
            SampleLog.CONTAINER);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
