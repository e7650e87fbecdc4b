// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.json.ClientJson;
import io.logbridge.adapter.record.Keyset.Order;
import io.logbridge.adapter.record.Keyset.Position;
import io.logbridge.adapter.record.ObjectSearch.Kind;
import io.logbridge.backend.Deadline;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds archived objects of Kubernetes in the order of time. Safe for use by many threads. */
public final class ObjectStore {

  /** Of the text of the objects that are held at once, if several are; read, they are larger. */
  private static final int MOST_CHARACTERS = 1024 * 1024;

  /** Rows that the driver reads ahead. */
  private static final int FETCH_SIZE = 16;

  private static final Order BY_CHANGE = new Order(SortKey.UPDATE_TIME, false);
  private static final Order CHRONOLOGICAL = new Order(SortKey.CREATE_TIME, false);

  private final Database database;

  public ObjectStore(Database database) {
    this.database = database;
  }

  /**
   * The next objects of a list, oldest record first. Fewer than asked for come back where they are
   * large, but none only at the end of the list.
   *
   * @param after the last one of the page before; {@code null} for the first page
   * @param limit the most objects that come back
   * @throws io.logbridge.adapter.error.RequestException {@code UNAVAILABLE} if the database fails
   */
  public List<ArchivedObject> page(
      ObjectSearch search, @Nullable Position after, int limit, Deadline deadline) {
    return page(search, new Keyset(CHRONOLOGICAL, after), limit, deadline);
  }

  /**
   * The objects that were written after a moment, first to last. Fewer than asked for come back
   * where they are large, but none only at the end.
   *
   * @param after the time of the last change that is known already, and the uid of its record
   */
  public List<ArchivedObject> changes(
      ObjectSearch search, Position after, int limit, Deadline deadline) {
    return page(search, new Keyset(BY_CHANGE, after), limit, deadline);
  }

  private List<ArchivedObject> page(
      ObjectSearch search, Keyset keyset, int limit, Deadline deadline) {
    PageQuery query = new PageQuery(search.select(), search.condition(), keyset, limit);
    // Only in a transaction does the driver read rows one after the other.
    return database.transaction(
        deadline,
        session ->
            session.query(
                query.sql(),
                statement -> {
                  query.bind(statement);
                  return objects(statement);
                }));
  }

  /**
   * Records that have been written.
   *
   * @param namespace of some of them
   * @param type of their data
   */
  public record Written(String namespace, String type) {}

  /** Where, and of what type, records were written after a moment. */
  public Set<Written> written(Instant since, Deadline deadline) {
    return database.query(
        "SELECT DISTINCT parent, type FROM records WHERE updated_time > ?",
        deadline,
        statement -> {
          Parameters.bind(statement, since);
          Set<Written> written = new HashSet<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              written.add(new Written(rows.getString("parent"), Columns.text(rows, "type")));
            }
          }
          return written;
        });
  }

  /** Which of these uids are those of records. */
  public Set<String> existing(Collection<String> uids, Deadline deadline) {
    return database.query(
        "SELECT id FROM records WHERE id = ANY (?)",
        deadline,
        statement -> {
          Parameters.bind(statement, (Object) uids.toArray(String[]::new));
          Set<String> existing = new HashSet<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              existing.add(rows.getString("id"));
            }
          }
          return existing;
        });
  }

  /**
   * The next namespaces that have records, in the order of their names. They have no data, and for
   * the time of their last change that of their first record.
   *
   * @param name of the only one that is wanted; {@code null} for all
   * @param after the last one of the page before; {@code null} for the first page
   */
  public List<ArchivedObject> namespaces(
      @Nullable String name, @Nullable Position after, int limit, Deadline deadline) {
    Condition condition =
        Condition.equal("parent", name)
            .and(after == null ? Condition.TRUE : Condition.of("parent > ?", after.uid()));
    return steps(LooseScan.namespaces(condition), condition, limit, deadline);
  }

  /**
   * The next pipelines, in the order of their names: of each the youngest run that names it and has
   * its spec in its status.
   *
   * @param namespace {@code null} for all
   * @param name of the only one that is wanted; {@code null} for all
   * @param after the last one of the page before; {@code null} for the first page
   */
  public List<ArchivedObject> pipelines(
      @Nullable String namespace,
      @Nullable String name,
      @Nullable Position after,
      int limit,
      Deadline deadline) {
    Condition condition = ofPipelines(namespace, name, after);
    return steps(LooseScan.pipelines(condition), condition, limit, deadline);
  }

  static Condition ofPipelines(
      @Nullable String namespace, @Nullable String name, @Nullable Position after) {
    return Condition.of(Kind.PIPELINE_RUN.condition())
        .and(Condition.of(LooseScan.PIPELINE + " > ''"))
        .and(Condition.of("data->'status'->'pipelineSpec' IS NOT NULL"))
        .and(Condition.equal("parent", namespace))
        .and(Condition.equal(LooseScan.PIPELINE, name))
        .and(after == null ? Condition.TRUE : afterPipeline(after.uid()));
  }

  private static Condition afterPipeline(String id) {
    int slash = id.indexOf('/');
    return Condition.of(
        "(parent, " + LooseScan.PIPELINE + ") > (?, ?)",
        id.substring(0, Math.max(0, slash)),
        id.substring(slash + 1));
  }

  /** Runs a statement that has the condition twice. */
  private List<ArchivedObject> steps(
      String sql, Condition condition, int limit, Deadline deadline) {
    return database.transaction(
        deadline,
        session ->
            session.query(
                sql,
                statement -> {
                  Parameters parameters = new Parameters(statement);
                  for (int i = 0; i < 2; i++) {
                    for (Object value : condition.parameters()) {
                      parameters.add(value);
                    }
                  }
                  parameters.add(limit);
                  return objects(statement);
                }));
  }

  /**
   * What time it is for the database: what is written from now on is younger, but for the
   * differences of clocks and what transactions take.
   */
  public Instant now(Deadline deadline) {
    return database.query(
        "SELECT clock_timestamp() AS now",
        deadline,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return Columns.time(rows, "now");
          }
        });
  }

  private static List<ArchivedObject> objects(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(FETCH_SIZE);
    List<ArchivedObject> objects = new ArrayList<>();
    long characters = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (characters < MOST_CHARACTERS && rows.next()) {
        String data = Columns.text(rows, "data");
        characters += data.length();
        objects.add(object(rows, data));
      }
    }
    return objects;
  }

  private static ArchivedObject object(ResultSet rows, String data) throws SQLException {
    return new ArchivedObject(
        rows.getString("parent"),
        data.startsWith("{") ? (ObjectNode) ClientJson.read(data) : ClientJson.object(),
        Columns.time(rows, "updated_time"),
        new Position(rows.getString("id"), Columns.optionalTime(rows, "created_time")));
  }
}
