// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.SettingsException;
import java.time.Clock;
import java.time.Duration;
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
    try (Database database = Database.open(withQueryTimeout(config, Duration.ofMillis(100)))) {
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
