// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of a real PostgreSQL, and the rows in them that a condition matches. */
final class FilterTables implements AutoCloseable {

  private static final String GOLDEN = "/io/logbridge/adapter/golden/";

  private final Connection connection;

  private FilterTables(Connection connection) {
    this.connection = connection;
  }

  static FilterTables empty() {
    DatabaseConfig config = TestDatabase.empty(false);
    try {
      FilterTables tables =
          new FilterTables(DriverManager.getConnection(config.url(), config.user(), null));
      tables.execute(read("schema-clean.sql"));
      tables.execute("SET search_path = public");
      return tables;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the rows on which Tekton Results was recorded. */
  static FilterTables golden() {
    FilterTables tables = empty();
    tables.execute(read("seed-inserts.sql"));
    tables.execute("SET search_path = public");
    return tables;
  }

  static String read(String file) {
    try (InputStream in = FilterTables.class.getResourceAsStream(GOLDEN + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a record to the result {@code r} of a parent; {@code null} for no data. */
  void record(String parent, String name, @Nullable String json) {
    try (PreparedStatement result =
            connection.prepareStatement(
                "INSERT INTO results (parent, id, name) VALUES (?, 'r', 'r') ON CONFLICT DO NOTHING");
        PreparedStatement record =
            connection.prepareStatement(
                "INSERT INTO records (parent, result_id, result_name, id, name, type, data)"
                    + " VALUES (?, 'r', 'r', ?, ?, 'a type', ?::jsonb)")) {
      result.setString(1, parent);
      result.execute();
      record.setString(1, parent);
      record.setString(2, name);
      record.setString(3, name);
      record.setString(4, json);
      record.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The last segments of the names that match, by the row's age and uid. */
  List<String> names(String table, SqlCondition condition) {
    return select(table, "name", "TRUE", condition);
  }

  /** The full names that match in a parent; {@code -} for all. */
  List<String> fullNames(String table, String parent, SqlCondition condition) {
    String name =
        table.equals("records")
            ? "parent || '/results/' || result_name || '/records/' || name"
            : "parent || '/results/' || name";
    String scope = parent.equals("-") ? "TRUE" : "parent = '" + parent + "'";
    return select(table, name, scope, condition);
  }

  private List<String> select(String table, String name, String scope, SqlCondition condition) {
    String sql =
        "SELECT "
            + name
            + " FROM "
            + table
            + " WHERE ("
            + scope
            + ") AND ("
            + condition.sql()
            + ") ORDER BY "
            + (table.equals("records") ? "created_time, id" : "id");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (Object parameter : condition.parameters()) {
        statement.setObject(index++, parameter);
      }
      List<String> names = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      return names;
    } catch (SQLException e) {
      throw new AssertionError("a condition ended its statement: " + condition, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
