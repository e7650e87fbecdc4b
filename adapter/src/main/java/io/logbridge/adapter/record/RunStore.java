// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.json.ClientJson;
import io.logbridge.adapter.record.ObjectSearch.Kind;
import io.logbridge.adapter.record.Run.Child;
import io.logbridge.adapter.record.Run.PipelineRun;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.backend.Deadline;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the run that a log is of. Safe for use by many threads. */
public final class RunStore {

  /**
   * Specs can be a hundred times as large as what is read of a run. Only the Log record's own spec
   * is needed, and that is tiny.
   */
  private static final String SELECT =
      """
      SELECT name, type,
             data #- '{metadata,managedFields}' #- '{status,taskSpec}' #- '{status,pipelineSpec}' AS data
        FROM records
       WHERE parent = ? AND result_name = ?
      """;

  private static final String BY_UID =
      SELECT
          + """
            AND (name = ? OR id = ? OR data->'metadata'->>'uid' = ?)
          ORDER BY (name = ?) DESC, (id = ?) DESC
          LIMIT 1
          """;

  private static final String BY_NAME = SELECT + " AND name = ?";

  private static final String TASK_RUN_BY_NAME =
      SELECT + " AND type LIKE '%TaskRun' AND data->'metadata'->>'name' = ? LIMIT 1";

  private static final String TASK_RUNS_OF =
      SELECT
          + """
            AND type LIKE '%TaskRun'
            AND (data->'metadata'->'labels'->>'tekton.dev/pipelineRunUID' = ?
                 OR data->'metadata'->'ownerReferences' @> jsonb_build_array(jsonb_build_object('uid', ?::text))
                 OR data->'metadata'->>'name' = ANY (?))
          """;

  /** Both comparisons, and the type as it is written here, are those of an index. */
  private static final String BY_POD =
      """
      SELECT name, type, result_name,
             data #- '{metadata,managedFields}' #- '{status,taskSpec}' AS data
        FROM records
       WHERE parent = ? AND type LIKE '%TaskRun'
         AND (data->'status'->>'podName' = ?
              OR data->'status'->'retriesStatus' @> jsonb_build_array(jsonb_build_object('podName', ?::text)))
       ORDER BY created_time DESC
       LIMIT 1
      """;

  /** Whoever asks looks at a few; the order is that of an index. */
  private static final String LAST_FINISHED =
      """
      SELECT name, type, parent, result_name,
             data #- '{metadata,managedFields}' #- '{status,taskSpec}' AS data
        FROM records
       WHERE type LIKE '%TaskRun' AND data->'status'->>'completionTime' IS NOT NULL
       ORDER BY created_time DESC, id DESC
       LIMIT ?
      """;

  private static final Comparator<TaskRun> BY_START =
      Comparator.comparing(TaskRun::startTime, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(TaskRun::name);

  private final Database database;

  public RunStore(Database database) {
    this.database = database;
  }

  /**
   * The TaskRun or PipelineRun that a log is of, whether the name leads to the run itself or to its
   * Log record.
   *
   * @throws RequestException {@code NOT_FOUND} if there is none, {@code FAILED_PRECONDITION} if the
   *     record is of something that has no log, {@code UNAVAILABLE} if the database fails
   */
  public Run find(LogName name, Deadline deadline) {
    StoredRecord found = byUid(name, name.uid(), deadline).orElseThrow(() -> notFound(name, ""));
    Run run =
        switch (found.kind()) {
          case "Log", "TaskRunLog" -> run(name, target(name, found.data(), deadline));
          default -> run(name, found);
        };
    if (!run.namespace().isEmpty() && !run.namespace().equals(name.parent())) {
      // Access is decided by the parent; a record must not lead out of it.
      throw new RequestException(
          Code.FAILED_PRECONDITION,
          name + " is the record of a run in another namespace (expected: " + name.parent() + ")");
    }
    return run;
  }

  /**
   * The TaskRuns of a PipelineRun of which there are records in its result, in the order in which
   * they were started.
   */
  public List<TaskRun> taskRuns(LogName name, PipelineRun run, Deadline deadline) {
    return database.query(
        TASK_RUNS_OF,
        deadline,
        statement -> {
          bind(statement, name.parent(), name.result(), run.uid(), run.uid());
          Object[] children = run.children().stream().map(Child::name).toArray();
          statement.setArray(5, statement.getConnection().createArrayOf("text", children));
          List<TaskRun> taskRuns = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              taskRuns.add(RunParser.taskRun(row(rows).data()));
            }
          }
          taskRuns.sort(BY_START);
          return taskRuns;
        });
  }

  /** A TaskRun that had a pod, and the name of its log. */
  public record PodRun(LogName name, TaskRun run) {}

  /**
   * The TaskRun that a pod belonged to, be it of its last attempt or of an earlier one.
   *
   * @param pod of the namespace; should two runs have had one of that name, the younger's counts
   * @return nothing if no record knows the pod
   */
  public Optional<PodRun> findByPod(String namespace, String pod, Deadline deadline) {
    return database.query(
        BY_POD,
        deadline,
        statement -> {
          bind(statement, namespace, pod, pod);
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(podRun(rows, namespace)) : Optional.<PodRun>empty();
          }
        });
  }

  /**
   * The name of the log of the run that has this name in Kubernetes.
   *
   * @param kind of the run: {@code TaskRun}, {@code PipelineRun}
   * @param name should several runs have had it one after the other, the last counts
   * @return nothing if no record knows the run
   */
  public Optional<LogName> findByName(String namespace, Kind kind, String name, Deadline deadline) {
    return database.query(
        // The comparisons are those of an index.
        """
        SELECT name, result_name FROM records
         WHERE parent = ? AND %s AND data->'metadata'->>'name' = ?
         ORDER BY created_time DESC, id DESC
         LIMIT 1
        """
            .formatted(kind.condition()),
        deadline,
        statement -> {
          bind(statement, namespace, name);
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                ? Optional.of(
                    new LogName(namespace, rows.getString("result_name"), rows.getString("name")))
                : Optional.<LogName>empty();
          }
        });
  }

  /** TaskRuns of any namespace that have ended, those of the newest records first. */
  public List<PodRun> lastFinished(int limit, Deadline deadline) {
    return database.query(
        LAST_FINISHED,
        deadline,
        statement -> {
          statement.setInt(1, limit);
          List<PodRun> found = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(podRun(rows, rows.getString("parent")));
            }
          }
          return found;
        });
  }

  private static PodRun podRun(ResultSet rows, String parent) throws SQLException {
    StoredRecord found = row(rows);
    LogName name = new LogName(parent, rows.getString("result_name"), found.name());
    return new PodRun(name, RunParser.taskRun(found.data()));
  }

  private static Run run(LogName name, StoredRecord found) {
    return switch (found.kind()) {
      case "TaskRun" -> RunParser.taskRun(found.data());
      case "PipelineRun" -> RunParser.pipelineRun(found.data());
      default ->
          throw new RequestException(
              Code.FAILED_PRECONDITION,
              name
                  + " is the record of a "
                  + found.type()
                  + ", which has no log (expected: a TaskRun, a PipelineRun or a Log)");
    };
  }

  /** The record of the run that a Log record is about. */
  private StoredRecord target(LogName name, JsonNode log, Deadline deadline) {
    JsonNode spec = log.path("spec");
    String uid = spec.path("resource").path("uid").asString("");
    JsonNode reference = spec.path("taskRunRef");
    if (uid.isEmpty()) {
      uid = reference.path("uid").asString("");
    }
    if (!uid.isEmpty()) {
      String target = uid;
      return byUid(name, uid, deadline)
          .orElseThrow(() -> notFound(name, ": its Log names the run " + target));
    }
    String record = spec.path("recordName").asString("");
    if (!record.isEmpty()) {
      return byRecord(name, record, deadline)
          .orElseThrow(() -> notFound(name, ": its Log names the record " + record));
    }
    String taskRun = reference.path("name").asString("");
    return first(TASK_RUN_BY_NAME, deadline, name.parent(), name.result(), taskRun)
        .orElseThrow(() -> notFound(name, ": its Log names the TaskRun \"" + taskRun + "\""));
  }

  /**
   * The record of a full name. It has to be in the result of the log, where its run's others are.
   */
  private Optional<StoredRecord> byRecord(LogName log, String record, Deadline deadline) {
    String result = log.parent() + "/results/" + log.result();
    if (!record.startsWith(result + "/records/")) {
      throw new RequestException(
          Code.FAILED_PRECONDITION,
          log + " names the record \"" + record + "\" (expected: one of " + result + ")");
    }
    String name = record.substring(result.length() + "/records/".length());
    return first(BY_NAME, deadline, log.parent(), log.result(), name);
  }

  private Optional<StoredRecord> byUid(LogName name, String uid, Deadline deadline) {
    return first(BY_UID, deadline, name.parent(), name.result(), uid, uid, uid, uid, uid);
  }

  private Optional<StoredRecord> first(String sql, Deadline deadline, String... values) {
    return database.query(
        sql,
        deadline,
        statement -> {
          bind(statement, values);
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(row(rows)) : Optional.<StoredRecord>empty();
          }
        });
  }

  private static void bind(PreparedStatement statement, String... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
  }

  private static StoredRecord row(ResultSet rows) throws SQLException {
    @Nullable String data = rows.getString("data");
    @Nullable String type = rows.getString("type");
    return new StoredRecord(
        rows.getString("name"),
        type == null ? "" : type,
        ClientJson.read(data == null ? "{}" : data));
  }

  private static RequestException notFound(LogName name, String why) {
    return new RequestException(Code.NOT_FOUND, "record not found: " + name + why);
  }
}
