// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.filter.SafeSql;
import io.logbridge.adapter.filter.SqlCondition;
import io.logbridge.backend.Deadline;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts records and their durations. Safe for use by many threads. */
public final class SummaryStore {

  private static final String GROUP = "group_value";

  private static final String STARTED = SafeSql.timestamp("data->'status'->>'startTime'");
  private static final String ENDED = SafeSql.timestamp("data->'status'->>'completionTime'");

  private final Database database;

  public SummaryStore(Database database) {
    this.database = database;
  }

  /**
   * The order of groups.
   *
   * @param by one of those asked for
   */
  public record Order(Aggregate by, boolean descending) {}

  /**
   * What to count.
   *
   * @param grouping {@code null} for all rows in one
   * @param order {@code null} for that of the groups' names
   */
  public record Query(
      List<Aggregate> aggregates, @Nullable Grouping grouping, @Nullable Order order) {}

  /**
   * One map for each group, or one for everything: from a field's name to a number, a text or
   * {@code null}.
   */
  public List<Map<String, @Nullable Object>> summarize(
      Scope scope, SqlCondition filter, Query query, Deadline deadline) {
    Condition condition = scope.ofRecords().and(Condition.of(filter));
    return database.query(
        sql(query, condition),
        deadline,
        statement -> {
          Parameters.bind(statement, condition.parameters().toArray());
          try (ResultSet rows = statement.executeQuery()) {
            List<Map<String, @Nullable Object>> groups = new ArrayList<>();
            while (rows.next()) {
              groups.add(group(rows, query));
            }
            return groups;
          }
        });
  }

  private static String sql(Query query, Condition condition) {
    Grouping grouping = query.grouping();
    String columns =
        query.aggregates().stream()
            .map(aggregate -> aggregate.sql() + " AS " + aggregate.field())
            .collect(Collectors.joining(", "));
    // Each row is taken apart once, whatever is counted of it.
    String rows =
        """
         FROM (SELECT data->'status'->'conditions'->0->>'reason' AS reason,
                      %s AS started,
                      %s AS ended,
                      %s AS group_value
                 FROM records
                WHERE %s
               OFFSET 0) AS r
        """
            .formatted(STARTED, ENDED, grouping == null ? "NULL" : grouping.sql(), condition.sql());
    return grouping == null
        ? "SELECT " + columns + rows
        : "SELECT " + columns + ", r.group_value" + rows + " GROUP BY r.group_value" + order(query);
  }

  private static String order(Query query) {
    Order order = query.order();
    String first =
        order == null ? "" : order.by().field() + (order.descending() ? " DESC, " : " ASC, ");
    return " ORDER BY " + first + "r.group_value";
  }

  private static Map<String, @Nullable Object> group(ResultSet rows, Query query)
      throws SQLException {
    Map<String, @Nullable Object> group = new LinkedHashMap<>();
    for (Aggregate aggregate : query.aggregates()) {
      group.put(aggregate.field(), value(rows, aggregate.field()));
    }
    if (query.grouping() != null) {
      group.put(GROUP, value(rows, GROUP));
    }
    return group;
  }

  /** Numbers as such; durations as PostgreSQL prints them. */
  private static @Nullable Object value(ResultSet rows, String column) throws SQLException {
    return switch (rows.getObject(column)) {
      case null -> null;
      case Long number -> number.doubleValue();
      case BigDecimal number -> number.doubleValue();
      default -> rows.getString(column);
    };
  }
}
