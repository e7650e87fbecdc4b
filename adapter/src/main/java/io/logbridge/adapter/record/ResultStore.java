// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.filter.SqlCondition;
import io.logbridge.backend.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code results}. Safe for use by many threads. */
public final class ResultStore {

  private static final String COLUMNS =
      """
      parent, id, name, annotations, created_time, updated_time, recordsummary_record,
      recordsummary_type, recordsummary_start_time, recordsummary_end_time, recordsummary_status,
      recordsummary_annotations, etag
      """;

  private static final String SELECT = "SELECT " + COLUMNS + " FROM results ";

  private static final String BY_NAME = SELECT + " WHERE parent = ? AND name = ?";

  private static final String INSERT =
      "INSERT INTO results ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)";

  private static final String UPDATE =
      """
      UPDATE results
         SET annotations = ?::jsonb, updated_time = ?, recordsummary_record = ?,
             recordsummary_type = ?, recordsummary_start_time = ?, recordsummary_end_time = ?,
             recordsummary_status = ?, recordsummary_annotations = ?::jsonb, etag = ?
       WHERE parent = ? AND id = ?
      """;

  private static final String DELETE = "DELETE FROM results WHERE parent = ? AND name = ?";

  private final Database database;
  private final InstantSource clock;

  public ResultStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A stored result.
   *
   * @param uid that the server gave it
   * @param created to the microsecond, as {@code updated}
   */
  public record Row(
      ResultName name,
      String uid,
      Content content,
      String etag,
      Instant created,
      Instant updated) {}

  /**
   * What clients may change about a result.
   *
   * @param summary {@code null} if it has none
   */
  public record Content(Map<String, String> annotations, @Nullable Summary summary) {}

  /**
   * The record that stands for the whole result, in short.
   *
   * @param record its resource name
   * @param status as a number of the enumeration in the API
   */
  public record Summary(
      String record,
      String type,
      @Nullable Instant start,
      @Nullable Instant end,
      int status,
      Map<String, String> annotations) {}

  /**
   * The result with this name.
   *
   * @throws RequestException {@code NOT_FOUND} if there is none
   */
  public Row get(ResultName name, Deadline deadline) {
    return database.query(
        BY_NAME,
        deadline,
        statement -> {
          Parameters.bind(statement, name.parent(), name.result());
          try (ResultSet rows = statement.executeQuery()) {
            return single(rows);
          }
        });
  }

  /**
   * A page of results.
   *
   * @return its rows, in order
   */
  public Rows<Row> list(
      Scope scope, SqlCondition filter, Keyset keyset, PageLimit limit, Deadline deadline) {
    Condition condition = scope.ofResults().and(Condition.of(filter));
    return PageQuery.oneMore(SELECT, condition, keyset, limit)
        .run(database, limit, deadline, ResultStore::row, _ -> 0);
  }

  /**
   * Stores a new result.
   *
   * @throws RequestException {@code ALREADY_EXISTS} if there is one of this name
   */
  public Row create(ResultName name, Content content, Deadline deadline) {
    String uid = UUID.randomUUID().toString();
    Instant now = clock.instant();
    Instant stored = now.truncatedTo(ChronoUnit.MICROS);
    Row row = new Row(name, uid, content, Etag.next(uid, now, ""), stored, stored);
    return database.query(
        INSERT,
        deadline,
        statement -> {
          Parameters parameters = new Parameters(statement);
          parameters.add(name.parent()).add(uid).add(name.result());
          parameters.add(Annotations.toJson(content.annotations())).add(stored).add(stored);
          add(parameters, content.summary());
          parameters.add(row.etag());
          statement.executeUpdate();
          return row;
        });
  }

  /**
   * Replaces what clients may change. Of several updates that expect the same etag exactly one
   * succeeds: the row is locked from the comparison to the end.
   *
   * @throws RequestException {@code NOT_FOUND} if there is no such result; whatever {@code change}
   *     throws, and then nothing has changed
   */
  public Row update(ResultName name, Change<Row, Content> change, Deadline deadline) {
    return database.transaction(
        deadline,
        session -> {
          Row old =
              session.query(
                  BY_NAME + " FOR UPDATE",
                  lock -> {
                    Parameters.bind(lock, name.parent(), name.result());
                    try (ResultSet rows = lock.executeQuery()) {
                      return single(rows);
                    }
                  });
          return save(session, old, change.of(old));
        });
  }

  private Row save(Session session, Row old, Content content) throws SQLException {
    Instant now = clock.instant();
    Instant updated = now.truncatedTo(ChronoUnit.MICROS);
    String etag = Etag.next(old.uid(), now, old.etag());
    return session.query(
        UPDATE,
        statement -> {
          Parameters parameters = new Parameters(statement);
          parameters.add(Annotations.toJson(content.annotations())).add(updated);
          add(parameters, content.summary());
          parameters.add(etag).add(old.name().parent()).add(old.uid());
          statement.executeUpdate();
          return new Row(old.name(), old.uid(), content, etag, old.created(), updated);
        });
  }

  /**
   * Deletes a result and, by the foreign key, all of its records.
   *
   * @throws RequestException {@code NOT_FOUND} if there is none
   */
  public void delete(ResultName name, Deadline deadline) {
    database.query(
        DELETE,
        deadline,
        statement -> {
          Parameters.bind(statement, name.parent(), name.result());
          if (statement.executeUpdate() == 0) {
            throw notFound();
          }
          return true;
        });
  }

  /** A result without a summary has empty texts there, as Tekton Results writes them. */
  private static void add(Parameters parameters, @Nullable Summary summary) throws SQLException {
    Summary written = summary == null ? new Summary("", "", null, null, 0, Map.of()) : summary;
    parameters.add(written.record()).add(written.type()).add(written.start()).add(written.end());
    parameters.add(written.status()).add(Annotations.toJson(written.annotations()));
  }

  private static Row single(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      throw notFound();
    }
    return row(rows);
  }

  private static Row row(ResultSet rows) throws SQLException {
    return new Row(
        new ResultName(rows.getString("parent"), rows.getString("name")),
        rows.getString("id"),
        new Content(Annotations.fromJson(rows.getString("annotations")), summary(rows)),
        Columns.text(rows, "etag"),
        Columns.time(rows, "created_time"),
        Columns.time(rows, "updated_time"));
  }

  private static @Nullable Summary summary(ResultSet rows) throws SQLException {
    String record = Columns.text(rows, "recordsummary_record");
    if (record.isEmpty()) {
      return null;
    }
    return new Summary(
        record,
        Columns.text(rows, "recordsummary_type"),
        Columns.optionalTime(rows, "recordsummary_start_time"),
        Columns.optionalTime(rows, "recordsummary_end_time"),
        rows.getInt("recordsummary_status"),
        Annotations.fromJson(rows.getString("recordsummary_annotations")));
  }

  private static RequestException notFound() {
    return new RequestException(Code.NOT_FOUND, "record not found");
  }
}
