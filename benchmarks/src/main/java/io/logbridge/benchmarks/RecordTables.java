// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** A real PostgreSQL with as many records of TaskRuns as are wanted. */
final class RecordTables implements AutoCloseable {

  /** The namespace that lists are of. */
  static final String NAMESPACE = "benchmark";

  static final String TYPE = "tekton.dev/v1.TaskRun";

  /** So many records in a row have different values of the label {@code app}. */
  static final int GROUPS = 100;

  private static final String RECORDS =
      """
      INSERT INTO records (parent, result_id, result_name, id, name, type, data, data_as_written,
                           etag, created_time, updated_time)
      SELECT parent, 'id-' || parent, 'benchmark', md5('id' || n), 'run-' || n, ?,
             document::jsonb, document, md5('etag' || n), created, created
        FROM (SELECT n, CASE WHEN ? = '' THEN 'ns-' || n %% 200 ELSE ? END AS parent,
                     replace(replace(replace(?, '{n}', n::text), '{hash}', md5(n::text)),
                             '{group}', (n %% %d)::text) AS document,
                     timestamptz '2026-08-20 10:00:00Z' + n * interval '1 s' AS created
                FROM generate_series(?, ?) AS n) AS runs
      """
          .formatted(GROUPS);

  private static final String RESULTS =
      """
      INSERT INTO results (parent, id, name, etag)
      SELECT parent, 'id-' || parent, 'benchmark', '1'
        FROM (SELECT ? AS parent UNION ALL SELECT 'ns-' || n FROM generate_series(0, 199) AS n)
          AS parents
      """;

  private final EmbeddedPostgres server;

  private RecordTables(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts an empty one, in which a server has yet to make the tables. */
  static RecordTables start() throws IOException {
    return new RecordTables(EmbeddedPostgres.start());
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** The last segment of a record's name. */
  static String recordName(int number) {
    return "run-" + number;
  }

  /** Makes a result for each namespace. */
  void addResults() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(RESULTS)) {
      statement.setString(1, NAMESPACE);
      statement.execute();
    }
  }

  /**
   * Adds records that are as large as those that a watcher writes.
   *
   * @param parent their namespace; empty for 200 others in turn
   * @param first number of a record
   */
  void addRecords(String parent, int first, int last) throws SQLException, IOException {
    addRecords(parent, first, last, taskRun());
  }

  /** Adds records of documents that have little more than what the filter looks at. */
  void addSmallRecords(String parent, int first, int last) throws SQLException {
    addRecords(
        parent,
        first,
        last,
        "{\"metadata\":{\"name\":\"build-{n}\",\"uid\":\"{hash}\",\"labels\":{\"app\":\"app-{group}\"}}}");
  }

  private void addRecords(String parent, int first, int last, String document) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(RECORDS)) {
      statement.setString(1, TYPE);
      statement.setString(2, parent);
      statement.setString(3, parent);
      statement.setString(4, document);
      statement.setInt(5, first);
      statement.setInt(6, last);
      statement.execute();
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE records");
    }
  }

  private static String taskRun() throws IOException {
    try (InputStream document = RecordTables.class.getResourceAsStream("taskrun.json")) {
      return new String(Objects.requireNonNull(document).readAllBytes(), UTF_8).strip();
    }
  }

  /** The caller closes it. */
  Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /** The process whose children serve the connections. */
  ProcessHandle processHandle() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      return ProcessHandle.of(rows.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
