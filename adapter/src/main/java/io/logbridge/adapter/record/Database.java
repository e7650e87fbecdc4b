// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.SettingsException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** The connections to PostgreSQL. Safe for use by many threads. */
public final class Database implements AutoCloseable {

  private final HikariDataSource pool;
  private final Duration queryTimeout;
  private final boolean keepsDataAsWritten;

  private Database(HikariDataSource pool, Duration queryTimeout, boolean keepsDataAsWritten) {
    this.pool = pool;
    this.queryTimeout = queryTimeout;
    this.keepsDataAsWritten = keepsDataAsWritten;
  }

  /**
   * Connects, waiting for the database if it is not up yet, and creates or checks the tables.
   *
   * @throws SettingsException if the database does not answer in time, or has not the tables
   */
  public static Database open(DatabaseConfig config) {
    HikariDataSource pool = connect(config);
    try {
      if (config.migrate()) {
        migrate(config);
      }
      return on(pool, config.queryTimeout());
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * The same with connections that are there already.
   *
   * @param pool belongs to the database from now on
   * @param queryTimeout after which each of them ends a statement by itself
   * @throws SettingsException if it has not the tables
   */
  public static Database on(HikariDataSource pool, Duration queryTimeout) {
    SchemaCheck schema = SchemaCheck.of(pool);
    schema.unlessComplete();
    return new Database(pool, queryTimeout, schema.keepsDataAsWritten());
  }

  /** Whether records have the column that keeps documents as they were written. */
  boolean keepsDataAsWritten() {
    return keepsDataAsWritten;
  }

  /** How many statements it runs at once at most. */
  int poolSize() {
    return pool.getMaximumPoolSize();
  }

  private static HikariDataSource connect(DatabaseConfig config) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("logbridge");
    hikari.setJdbcUrl(config.url());
    if (config.user() != null) {
      hikari.setUsername(config.user());
    }
    if (config.password() != null) {
      hikari.setPassword(config.password().reveal());
    }
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setConnectionTimeout(config.connectTimeout().toMillis());
    hikari.setInitializationFailTimeout(config.startTimeout().toMillis());
    // Records are small and many reads are one statement; a transaction around it buys nothing.
    hikari.setAutoCommit(true);
    hikari.setConnectionInitSql("SET statement_timeout = " + millis(config.queryTimeout()));
    try {
      return new HikariDataSource(hikari);
    } catch (PoolInitializationException e) {
      throw new SettingsException(
          "database.url: \""
              + config.url()
              + "\" (expected: a PostgreSQL that answers within "
              + config.startTimeout().toSeconds()
              + " s): "
              + rootMessage(e),
          e);
    }
  }

  private static long millis(Duration timeout) {
    return Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
  }

  /** On a connection of its own: making an index takes longer than a query may. */
  private static void migrate(DatabaseConfig config) {
    String password = config.password() == null ? null : config.password().reveal();
    Flyway flyway =
        Flyway.configure()
            .dataSource(config.url(), config.user(), password)
            .locations("classpath:io/logbridge/adapter/record/migration")
            .table("logbridge_schema_history")
            // The Go server may have made the tables already; then there is just no history yet.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            // Indexes are made while others write, which waits for every older transaction.
            .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
            .load();
    if (Arrays.stream(flyway.info().all()).anyMatch(script -> script.getState().isFailed())) {
      flyway.repair(); // what was interrupted is begun again
    }
    flyway.migrate();
  }

  /** What a statement makes of its result. */
  @FunctionalInterface
  interface Work<T> {
    T apply(PreparedStatement statement) throws SQLException;
  }

  /** Several statements of which all or none count. */
  @FunctionalInterface
  interface Transaction<T> {
    T run(Session session) throws SQLException;
  }

  /**
   * Runs a statement.
   *
   * @throws RequestException {@code UNAVAILABLE} if the database cannot answer, {@code
   *     DEADLINE_EXCEEDED} if it does not in time, {@code INTERNAL} if it refuses the statement
   */
  <T> T query(String sql, Deadline deadline, Work<T> work) {
    return connected(deadline, session -> session.query(sql, work));
  }

  /**
   * The same, for many rows: they come in pieces, so that those which nobody reads any more never
   * come at all.
   *
   * @param piece so many rows
   */
  <T> T queryInPieces(String sql, int piece, Deadline deadline, Work<T> work) {
    return transaction(
        deadline,
        session ->
            session.query(
                sql,
                statement -> {
                  statement.setFetchSize(piece);
                  return work.apply(statement);
                }));
  }

  /**
   * Runs statements in one transaction, at the isolation that the database is set to. What the
   * transaction throws rolls it back.
   *
   * @throws RequestException as {@link #query}
   */
  <T> T transaction(Deadline deadline, Transaction<T> transaction) {
    return connected(
        deadline,
        session -> {
          session.begin();
          try {
            T result = transaction.run(session);
            session.commit();
            return result;
          } finally {
            session.end();
          }
        });
  }

  private <T> T connected(Deadline deadline, Transaction<T> work) {
    if (deadline.isExpired()) {
      throw DatabaseErrors.deadlinePassed(null);
    }
    try (Connection connection = pool.getConnection()) {
      return work.run(new Session(connection, deadline, queryTimeout));
    } catch (SQLException e) {
      throw DatabaseErrors.map(e);
    }
  }

  /**
   * Asks the database whether it answers now.
   *
   * @throws RequestException if it does not
   */
  public void check() {
    query("SELECT 1", Deadline.after(Duration.ofSeconds(2)), statement -> statement.execute());
  }

  @Override
  public void close() {
    pool.close();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
