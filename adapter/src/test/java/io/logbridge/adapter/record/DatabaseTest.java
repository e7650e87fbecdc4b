// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.SettingsException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private static final RecordName NAME = RecordName.parse("ns/results/r/records/x");

  private static RecordStore records(Database database) {
    return new RecordStore(database, Clock.systemUTC());
  }

  @Test
  void migrate_createsTheTablesAndDoesNothingTheSecondTime() {
    DatabaseConfig config = TestDatabase.empty(true);
    Database.open(config).close();

    try (Database again = Database.open(config)) {
      again.check();
    }
  }

  @Test
  void withoutMigrate_missingTablesStopTheStartAndAreNamed() {
    assertThatThrownBy(() -> Database.open(TestDatabase.empty(false)))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("the database lacks results.parent, ")
        .hasMessageEndingWith(
            "(expected: the tables of Tekton Results; database.migrate: true creates them)");
  }

  @Test
  void withoutMigrate_aSingleMissingColumnIsNamed() {
    DatabaseConfig config = TestDatabase.empty(true);
    try (Database database = Database.open(config)) {
      TestDatabase.execute(database, "ALTER TABLE records DROP COLUMN etag");
    }

    assertThatThrownBy(() -> Database.open(config))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("the database lacks records.etag (");
  }

  @Test
  void migrate_leavesTheTablesOfAGoServerAsTheyAre() {
    DatabaseConfig config = TestDatabase.empty(true);
    try (Database database = Database.open(config)) {
      // What a database looks like on which only Tekton Results has ever worked.
      TestDatabase.execute(database, "DROP TABLE logbridge_schema_history");
      TestDatabase.record(database, "ns/results/r/records/x", "tekton.dev/v1.TaskRun", "{}");
    }

    try (Database database = Database.open(config)) {
      assertThat(records(database).get(NAME, Deadline.never()).content().json()).isEqualTo("{}");
    }
  }

  /**
   * What is left then is an index that PostgreSQL keeps up to date and never uses, others that are
   * not there at all, and nothing in the history that says so.
   */
  @Test
  void aMigrationThatIsCutOffAmidAnIndex_isDoneByTheNextStart() throws Exception {
    DatabaseConfig config = TestDatabase.empty(true);
    List<String> whole;
    try (Database database = Database.open(config)) {
      whole = indexes(config);
      TestDatabase.record(database, "ns/results/r/records/x", "tekton.dev/v1.TaskRun", "{}");
    }
    TestDatabase.load(config, "DROP INDEX logbridge_records_by_id, logbridge_results_by_id");
    TestDatabase.load(config, "DELETE FROM logbridge_schema_history WHERE version::int >= 3");

    cutOffAtTheFirstIndex(config);
    assertThat(indexes(config))
        .contains("logbridge_records_by_id invalid")
        .doesNotContain("logbridge_results_by_id valid");

    try (Database database = Database.open(config)) {
      assertThat(indexes(config)).isEqualTo(whole);
      assertThat(records(database).get(NAME, Deadline.never()).content().json()).isEqualTo("{}");
    }
  }

  /** The same where the history has come to say that the script failed. */
  @Test
  void aMigrationThatHasFailed_isBegunAgainByTheNextStart() throws Exception {
    DatabaseConfig config = TestDatabase.empty(true);
    Database.open(config).close();
    List<String> whole = indexes(config);
    TestDatabase.load(config, "DROP INDEX logbridge_records_by_id, logbridge_results_by_id");
    TestDatabase.load(config, "DELETE FROM logbridge_schema_history WHERE version::int > 3");
    TestDatabase.load(
        config, "UPDATE logbridge_schema_history SET success = false WHERE version::int = 3");

    Database.open(config).close();

    assertThat(indexes(config)).isEqualTo(whole);
  }

  /** A writer that has not ended holds up the index; then the connection that makes it is cut. */
  private static void cutOffAtTheFirstIndex(DatabaseConfig config) throws Exception {
    try (Connection writer = DriverManager.getConnection(config.url(), config.user(), null);
        Statement statement = writer.createStatement();
        ExecutorService starting = Executors.newSingleThreadExecutor()) {
      writer.setAutoCommit(false);
      statement.execute("LOCK TABLE records IN ROW EXCLUSIVE MODE");
      Future<?> start = starting.submit(() -> Database.open(config).close());
      Awaitility.await()
          .atMost(30, SECONDS)
          .until(() -> indexes(config).contains("logbridge_records_by_id invalid"));
      TestDatabase.load(
          config,
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND query LIKE 'CREATE INDEX CONCURRENTLY%'
          """);
      assertThatThrownBy(() -> start.get(30, SECONDS)).isInstanceOf(ExecutionException.class);
    }
  }

  /** All of them, and whether PostgreSQL uses them. */
  private static List<String> indexes(DatabaseConfig config) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(config.url(), config.user(), null);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT relname || CASE WHEN indisvalid THEN ' valid' ELSE ' invalid' END
                  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                 WHERE relnamespace = 'public'::regnamespace ORDER BY relname
                """)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  @Test
  void aDatabaseThatDoesNotAnswer_stopsTheStartAfterTheWait() {
    DatabaseConfig nowhere =
        new DatabaseConfig(
            "jdbc:postgresql://127.0.0.1:1/none",
            "u",
            null,
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            false);

    assertThatThrownBy(() -> Database.open(nowhere))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "database.url: \"jdbc:postgresql://127.0.0.1:1/none\" (expected: a PostgreSQL that"
                + " answers within 1 s): ");
  }

  @Test
  void aDatabaseThatGoesAway_isUnavailableNotEmpty() {
    Database database = Database.open(TestDatabase.empty(true));
    database.close();

    assertThatThrownBy(() -> records(database).get(NAME, Deadline.never()))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(RequestException.Code.UNAVAILABLE));
  }

  @Test
  void aTableThatIsGone_isAnErrorOfOursNotEmpty() {
    try (Database database = Database.open(TestDatabase.empty(true))) {
      TestDatabase.execute(database, "ALTER TABLE records RENAME TO gone");

      assertThatThrownBy(() -> records(database).get(NAME, Deadline.never()))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.code()).isEqualTo(RequestException.Code.INTERNAL))
          .hasMessage("the database refuses a statement (SQLSTATE 42P01)");
    }
  }

  @Test
  void aPassedDeadline_isNotSpentOnTheDatabase() {
    try (Database database = Database.open(TestDatabase.empty(true))) {
      assertThatThrownBy(() -> records(database).get(NAME, Deadline.after(Duration.ZERO)))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.code()).isEqualTo(RequestException.Code.DEADLINE_EXCEEDED));
    }
  }

  @Test
  void aStatementThatRunsForTooLong_isEndedByTheDatabaseItself() {
    DatabaseConfig config = TestDatabase.empty(true);
    try (Database database = Database.open(withQueryTimeout(config, Duration.ofSeconds(2)))) {
      assertThatThrownBy(() -> sleep(database, Deadline.never()))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.code()).isEqualTo(RequestException.Code.DEADLINE_EXCEEDED));
    }
  }

  @Test
  void aStatementOfACallThatEndsSooner_isEndedWithTheCall() {
    DatabaseConfig config = TestDatabase.empty(true);
    try (Database database = Database.open(withQueryTimeout(config, Duration.ofMinutes(10)))) {
      assertThatThrownBy(() -> sleep(database, Deadline.after(Duration.ofMillis(100))))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.code()).isEqualTo(RequestException.Code.DEADLINE_EXCEEDED));
    }
  }

  private static void sleep(Database database, Deadline deadline) {
    database.query("SELECT pg_sleep(120)", deadline, statement -> statement.execute());
  }

  private static DatabaseConfig withQueryTimeout(DatabaseConfig config, Duration timeout) {
    return new DatabaseConfig(
        config.url(),
        config.user(),
        config.password(),
        config.poolSize(),
        config.connectTimeout(),
        timeout,
        config.startTimeout(),
        config.migrate());
  }
}
