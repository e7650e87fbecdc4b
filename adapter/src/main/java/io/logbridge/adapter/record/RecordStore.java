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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code records}. Safe for use by many threads. */
public final class RecordStore {

  private final Database database;
  private final InstantSource clock;
  private final RecordSql sql;
  private final Map<Integer, String> selectNamed = new HashMap<>();
  private final RecordLookups<Row> lookups;

  public RecordStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.lookups = new RecordLookups<>(database.poolSize(), this::find);
    this.sql =
        database.keepsDataAsWritten()
            ? RecordSql.keepingDataAsWritten()
            : RecordSql.ofTektonResults();
    for (int names = 1; names <= RecordLookups.MOST_NAMES; names *= 2) {
      selectNamed.put(names, sql.selectNamed(names));
    }
  }

  /**
   * A stored record.
   *
   * @param uid that the server gave it
   * @param resultUid that of the result which owns it
   * @param created to the microsecond, as {@code updated}
   */
  public record Row(
      RecordName name,
      String uid,
      String resultUid,
      Content content,
      String etag,
      Instant created,
      Instant updated) {}

  /**
   * What clients may change about a record.
   *
   * @param type of the data: {@code tekton.dev/v1.TaskRun}
   * @param json the data, in the bytes in which it was written where the database keeps them, else
   *     as PostgreSQL prints it; {@code null} if there is none
   */
  public record Content(String type, @Nullable String json) {}

  /**
   * The record with this name.
   *
   * @throws RequestException {@code NOT_FOUND} if there is none
   */
  public Row get(RecordName name, Deadline deadline) {
    Row row = lookups.find(name, deadline);
    if (row == null) {
      throw notFound();
    }
    return row;
  }

  /** Those of the records that exist. */
  Map<RecordName, Row> find(List<RecordName> names, Deadline deadline) {
    return database.query(
        Objects.requireNonNull(selectNamed.get(names.size())),
        deadline,
        statement -> {
          Parameters parameters = new Parameters(statement);
          for (RecordName name : names) {
            bind(parameters, name);
          }
          Map<RecordName, Row> found = new HashMap<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              Row row = row(rows);
              found.put(row.name(), row);
            }
          }
          return found;
        });
  }

  /**
   * A page of records.
   *
   * @return its rows, in order
   */
  public Rows<Row> list(
      Scope scope, SqlCondition filter, Keyset keyset, PageLimit limit, Deadline deadline) {
    Condition condition = scope.ofRecords().and(Condition.of(filter));
    return PageQuery.oneMore(sql.select(), condition, keyset, limit)
        .run(database, limit, deadline, RecordStore::row, RecordStore::size);
  }

  /** How large the document is, in characters, most of which are a byte. */
  static long size(Row row) {
    String json = row.content().json();
    return json == null ? 0 : json.length();
  }

  /**
   * Stores a new record.
   *
   * @param resultUid that of the result which owns it
   * @throws RequestException {@code ALREADY_EXISTS} if there is one of this name, {@code
   *     FAILED_PRECONDITION} if its result has been deleted meanwhile
   */
  public Row create(RecordName name, String resultUid, Content content, Deadline deadline) {
    String uid = UUID.randomUUID().toString();
    Instant now = clock.instant();
    Instant stored = now.truncatedTo(ChronoUnit.MICROS);
    Row row = new Row(name, uid, resultUid, content, Etag.next(uid, now, ""), stored, stored);
    return database.query(
        sql.insert(),
        deadline,
        statement -> {
          Parameters parameters = new Parameters(statement);
          parameters.add(name.result().parent()).add(resultUid).add(name.result().result());
          parameters.add(uid).add(name.record()).add(content.type());
          parameters.add(stored).add(stored).add(row.etag()).add(content.json());
          statement.executeUpdate();
          return row;
        });
  }

  /**
   * Replaces what clients may change. Of several updates that expect the same etag exactly one
   * succeeds: the row is locked from the comparison to the end.
   *
   * @throws RequestException {@code NOT_FOUND} if there is no such record; whatever {@code change}
   *     throws, and then nothing has changed
   */
  public Row update(RecordName name, Change<Row, Content> change, Deadline deadline) {
    return database.transaction(
        deadline,
        session -> {
          Row old = locked(session, name);
          return save(session, old, change.of(old));
        });
  }

  private Row locked(Session session, RecordName name) throws SQLException {
    return session.query(
        sql.selectNamed() + " FOR UPDATE",
        statement -> {
          bind(new Parameters(statement), name);
          try (ResultSet rows = statement.executeQuery()) {
            return single(rows);
          }
        });
  }

  private Row save(Session session, Row old, Content content) throws SQLException {
    Instant now = clock.instant();
    Instant updated = now.truncatedTo(ChronoUnit.MICROS);
    String etag = Etag.next(old.uid(), now, old.etag());
    return session.query(
        sql.update(),
        statement -> {
          Parameters parameters = new Parameters(statement);
          parameters.add(content.type()).add(updated).add(etag).add(content.json());
          parameters.add(old.name().result().parent()).add(old.resultUid()).add(old.uid());
          statement.executeUpdate();
          return new Row(
              old.name(), old.uid(), old.resultUid(), content, etag, old.created(), updated);
        });
  }

  /**
   * Deletes a record, and what cannot be without it: the Log records and the events of a run.
   *
   * @throws RequestException {@code NOT_FOUND} if there is none
   */
  public void delete(RecordName name, Deadline deadline) {
    database.transaction(
        deadline,
        session -> {
          Condition dependents = Dependents.of(owner(session, name));
          session.query(
              "DELETE FROM records WHERE " + dependents.sql(),
              statement -> {
                Parameters.bind(statement, dependents.parameters().toArray());
                return statement.executeUpdate();
              });
          return session.query(
              "DELETE FROM records" + RecordSql.NAMED,
              statement -> {
                bind(new Parameters(statement), name);
                return statement.executeUpdate();
              });
        });
  }

  private static Dependents.Owner owner(Session session, RecordName name) throws SQLException {
    return session.query(
        RecordSql.selectOwner(),
        statement -> {
          bind(new Parameters(statement), name);
          try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
              throw notFound();
            }
            return new Dependents.Owner(
                name,
                rows.getString("result_id"),
                Columns.text(rows, "run_uid"),
                Columns.text(rows, "task_run"),
                Columns.text(rows, "event_list"));
          }
        });
  }

  private static void bind(Parameters parameters, RecordName name) throws SQLException {
    parameters.add(name.result().parent()).add(name.result().result()).add(name.record());
  }

  private static Row single(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      throw notFound();
    }
    return row(rows);
  }

  /** Reads the columns of {@link RecordSql#select}. */
  static Row row(ResultSet rows) throws SQLException {
    ResultName result = new ResultName(rows.getString("parent"), rows.getString("result_name"));
    return new Row(
        new RecordName(result, rows.getString("name")),
        rows.getString("id"),
        rows.getString("result_id"),
        new Content(Columns.text(rows, "type"), rows.getString("data")),
        Columns.text(rows, "etag"),
        Columns.time(rows, "created_time"),
        Columns.time(rows, "updated_time"));
  }

  private static RequestException notFound() {
    return new RequestException(Code.NOT_FOUND, "record not found");
  }
}
