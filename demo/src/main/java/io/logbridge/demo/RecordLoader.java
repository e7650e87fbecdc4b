// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.History;
import io.logbridge.demo.history.LogRecord;
import io.logbridge.demo.history.Outcome;
import io.logbridge.demo.history.PipelineRun;
import io.logbridge.demo.history.TaskRun;
import io.logbridge.demo.history.Uids;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Fills the tables of Tekton Results as its API server does. */
final class RecordLoader implements AutoCloseable {

  private static final String INSERT_RESULT =
      """
      INSERT INTO results (parent, id, name, annotations, created_time, updated_time,
                           recordsummary_record, recordsummary_type, recordsummary_start_time,
                           recordsummary_end_time, recordsummary_status, etag)
      VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_RECORD =
      """
      INSERT INTO records (parent, result_id, result_name, id, name, type, data, created_time,
                           updated_time, etag)
      VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
      """;

  private final PreparedStatement results;
  private final PreparedStatement records;
  private int count;

  private RecordLoader(Connection connection) throws SQLException {
    this.results = connection.prepareStatement(INSERT_RESULT);
    this.records = connection.prepareStatement(INSERT_RECORD);
  }

  /**
   * Loads the records of a history into tables that exist.
   *
   * @return how many records were written
   */
  static int load(DatabaseServer database, History history) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), null);
        RecordLoader loader = new RecordLoader(connection)) {
      connection.setAutoCommit(false);
      for (PipelineRun run : history.pipelineRuns()) {
        loader.pipelineRun(run);
      }
      for (TaskRun run : history.taskRuns()) {
        loader.taskRun(run);
      }
      for (LogRecord log : history.logRecords()) {
        loader.log(log, history.result(log.taskRun()));
      }
      connection.commit();
      return loader.count;
    }
  }

  private void pipelineRun(PipelineRun run) throws SQLException {
    Summary summary =
        new Summary(
            run.name(), "tekton.dev/v1.PipelineRun", run.start(), run.completion(), run.outcome());
    result(run.uid(), summary);
    record(run.uid(), run.uid(), "tekton.dev/v1.PipelineRun", RecordJson.pipelineRun(run));
    for (TaskRun child : run.taskRuns()) {
      record(run.uid(), child.uid(), "tekton.dev/v1.TaskRun", RecordJson.taskRun(child, run));
    }
  }

  private void taskRun(TaskRun run) throws SQLException {
    Summary summary =
        new Summary(
            run.name(), "tekton.dev/v1.TaskRun", run.start(), run.completion(), run.outcome());
    result(run.uid(), summary);
    record(run.uid(), run.uid(), "tekton.dev/v1.TaskRun", RecordJson.taskRun(run, null));
  }

  private void log(LogRecord log, String result) throws SQLException {
    String type = log.kind().apiVersion() + "." + log.kind().kind();
    record(result, log.uid(), type, RecordJson.log(log));
  }

  private record Summary(
      String name, String type, Instant start, @Nullable Instant end, Outcome outcome) {

    /** As the API's enum numbers them: unknown, success, failure. */
    int status() {
      return switch (outcome.status()) {
        case "True" -> 1;
        case "False" -> 2;
        default -> 0;
      };
    }
  }

  private void result(String name, Summary summary) throws SQLException {
    String id = resultId(name);
    Instant written = summary.end() == null ? summary.start() : summary.end();
    bind(
        results,
        History.NAMESPACE,
        id,
        name,
        RecordJson.text(Map.of("object.metadata.name", summary.name())),
        written,
        written,
        History.NAMESPACE + "/results/" + name + "/records/" + name,
        summary.type(),
        summary.start(),
        summary.end(),
        summary.status(),
        etag(id, written));
  }

  private void record(String result, String name, String type, JsonNode data) throws SQLException {
    String id = Uids.of("Record/" + name);
    Instant written = Instant.parse(data.at("/metadata/creationTimestamp").stringValue());
    bind(
        records,
        History.NAMESPACE,
        resultId(result),
        result,
        id,
        name,
        type,
        data.toString(),
        written,
        written,
        etag(id, written));
    count++;
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value =
          values[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : values[i];
      statement.setObject(i + 1, value);
    }
    statement.executeUpdate();
  }

  private static String resultId(String name) {
    return Uids.of("Result/" + name);
  }

  private static String etag(String id, Instant written) {
    return id + "-" + written.toEpochMilli() * 1_000_000;
  }

  @Override
  public void close() throws SQLException {
    results.close();
    records.close();
  }
}
