// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A list of one namespace of a thousand records while the table grows around it, beside the same
 * list by a sequential scan.
 */
final class GrowthBenchmark {

  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
  private static final int OF_THE_NAMESPACE = 1_000;
  private static final int PAGE_SIZE = 50;
  private static final int WARM_UP = 500;
  private static final int HEAP = 512;
  private static final int LISTS = 200;
  private static final int SCANS = 9;

  /** As the command line of Tekton Results lists runs by a part of their names. */
  private static final String FILTER =
      "data_type == TASK_RUN && data.metadata.name.contains(\"build\")";

  private static final String SCAN =
      """
      SELECT parent, result_id, result_name, name, id, type,
             COALESCE(data_as_written, data::text) AS data, etag, created_time, updated_time
        FROM records
       WHERE parent = ? AND type = ? AND position('build' in data->'metadata'->>'name') > 0
       ORDER BY created_time DESC, id DESC LIMIT 51
      """;

  private final PrintStream out;

  GrowthBenchmark(PrintStream out) {
    this.out = out;
  }

  void run() throws IOException, InterruptedException {
    out.printf(
        "%na list of %d of the %,d records of one namespace, one call at a time%n",
        PAGE_SIZE, OF_THE_NAMESPACE);
    try (RecordTables tables = RecordTables.start();
        ServerProcess server = ServerProcess.start(HEAP, ServerSettings.of(tables.url()));
        RecordClient client = new RecordClient(server.port())) {
      tables.addResults();
      tables.addSmallRecords(RecordTables.NAMESPACE, 1, OF_THE_NAMESPACE);
      millis(WARM_UP, () -> client.list(FILTER, PAGE_SIZE));
      int there = OF_THE_NAMESPACE;
      for (int size : SIZES) {
        tables.addSmallRecords("", there + 1, size);
        there = size;
        try (Connection connection = scanning(tables)) {
          report("list", size, millis(LISTS, () -> client.list(FILTER, PAGE_SIZE)));
          report("sequential scan", size, millis(SCANS, () -> scan(connection)));
        }
      }
    } catch (SQLException e) {
      throw new IOException("cannot fill the tables", e);
    }
  }

  private static Connection scanning(RecordTables tables) throws SQLException {
    Connection connection = tables.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET enable_indexscan = off");
      statement.execute("SET enable_indexonlyscan = off");
      statement.execute("SET enable_bitmapscan = off");
    }
    return connection;
  }

  private static void scan(Connection connection) {
    try (PreparedStatement statement = connection.prepareStatement(SCAN)) {
      statement.setString(1, RecordTables.NAMESPACE);
      statement.setString(2, RecordTables.TYPE);
      int read = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read += rows.getString("data").isEmpty() ? 0 : 1;
        }
      }
      if (read != PAGE_SIZE + 1) {
        throw new IllegalStateException("rows: " + read + " (expected: 51)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the scan has failed", e);
    }
  }

  private static Sample millis(int repetitions, Runnable call) {
    double[] millis = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      call.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return Sample.of(millis);
  }

  private void report(String what, int size, Sample millis) {
    out.printf(
        "%,9d records, %s: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, highest %.2f ms%n",
        size, what, millis.median(), millis.percentile(90), millis.percentile(99), millis.max());
  }
}
