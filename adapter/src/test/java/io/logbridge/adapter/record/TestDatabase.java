// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL, started once for all tests of this JVM; each database in it is a test's own.
 */
public final class TestDatabase {

  /** Of a connection, a statement and a start: how busy the machine is, no test is about. */
  private static final Duration CEILING = Duration.ofMinutes(1);

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private TestDatabase() {}

  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder() // stops with the JVM
            .setPGStartupWait(Duration.ofMinutes(2))
            // Tests of plans make their statistics themselves, and nobody else meanwhile.
            .setServerConfig("autovacuum", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL does not start", e);
      }
    }
  }

  /** A configuration for a new and empty database. */
  public static DatabaseConfig empty(boolean migrate) {
    String name = "test" + COUNTER.incrementAndGet();
    try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        PreparedStatement create = connection.prepareStatement("CREATE DATABASE " + name)) {
      create.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new DatabaseConfig(
        Server.INSTANCE.getJdbcUrl("postgres", name),
        "postgres",
        null,
        4,
        CEILING,
        CEILING,
        CEILING,
        migrate);
  }

  /** Runs a script against a database. */
  public static void load(DatabaseConfig config, String script) {
    try (Connection connection = DriverManager.getConnection(config.url(), config.user(), null);
        Statement statement = connection.createStatement()) {
      statement.execute(script);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first value of the first row that a query finds, as text. */
  public static String value(DatabaseConfig config, String sql) {
    try (Connection connection = DriverManager.getConnection(config.url(), config.user(), null);
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement. */
  public static void execute(Database database, String sql, String... values) {
    database.query(
        sql,
        io.logbridge.backend.Deadline.never(),
        statement -> {
          for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
          }
          return statement.execute();
        });
  }

  /** Stores a record as Tekton Results does, with its result if that is not there. */
  public static void record(Database database, String name, String type, String json) {
    String[] segments = name.split("/", -1);
    execute(
        database,
        "INSERT INTO results (parent, id, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        segments[0],
        "id-of-" + segments[2],
        segments[2]);
    execute(
        database,
        """
        INSERT INTO records (parent, result_id, result_name, id, name, type, data, etag)
        VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, 'etag-1')
        """,
        segments[0],
        "id-of-" + segments[2],
        segments[2],
        "id-" + segments[4],
        segments[4],
        type,
        json);
  }
}
