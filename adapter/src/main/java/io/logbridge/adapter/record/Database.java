// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.SettingsException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** The connections to PostgreSQL. Safe for use by many threads. */
public final class Database implements AutoCloseable {

  private final HikariDataSource pool;
  private final Duration queryTimeout;

  private Database(HikariDataSource pool, Duration queryTimeout) {
    this.pool = pool;
    this.queryTimeout = queryTimeout;
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
        migrate(pool);
      }
      SchemaCheck.check(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    return new Database(pool, config.queryTimeout());
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

  private static void migrate(HikariDataSource pool) {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:io/logbridge/adapter/record/migration")
        .table("logbridge_schema_history")
        // The Go server may have made the tables already; then there is just no history yet.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /** What a statement makes of its result. */
  @FunctionalInterface
  interface Work<T> {
    T apply(PreparedStatement statement) throws SQLException;
  }

  /**
   * Runs a statement.
   *
   * @throws RequestException {@code UNAVAILABLE} if the database cannot answer, {@code
   *     DEADLINE_EXCEEDED} if it does not in time
   */
  <T> T query(String sql, Deadline deadline, Work<T> work) {
    Duration limit = deadline.orAfter(queryTimeout).remaining();
    if (limit.isZero()) {
      throw new RequestException(
          Code.DEADLINE_EXCEEDED, "the deadline passed before the database was asked");
    }
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout((int) Math.max(1, limit.toSeconds()));
      return work.apply(statement);
    } catch (SQLTimeoutException e) {
      throw new RequestException(
          Code.DEADLINE_EXCEEDED,
          "the database did not answer within " + limit.toSeconds() + " s",
          e);
    } catch (SQLException e) {
      throw new RequestException(
          Code.UNAVAILABLE, "the database does not answer (SQLSTATE " + e.getSQLState() + ")", e);
    }
  }

  /**
   * Whether the database answers now.
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
