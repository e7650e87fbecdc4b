// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.http.MockResponse;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.AuthConfig.Cache;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.auth.RequestHeaderConfig;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(120)
class CheckCommandTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final ContainerRef BUILD = new ContainerRef("ns", "run-pod", null, "step-build");

  private final ListBackend store = new ListBackend(10);
  private final StringWriter out = new StringWriter();
  private DatabaseConfig database;

  @BeforeEach
  void database() {
    database = TestDatabase.empty(true);
    Database.open(database).close();
  }

  private boolean run(AuthConfig auth) throws InterruptedException {
    return CheckCommand.run(
        TestConfig.of(TestConfig.SERVER, auth, database, store), store, new PrintWriter(out));
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  private void finishedRun() {
    TestDatabase.load(
        database,
        """
        INSERT INTO results (parent, id, name) VALUES ('ns', 'r', 'r');
        INSERT INTO records (parent, result_id, id, result_name, name, type, created_time, data)
        VALUES ('ns', 'r', 'run', 'r', 'run', 'tekton.dev/v1.TaskRun', now(),
          '{"metadata": {"name": "run", "namespace": "ns", "uid": "run"},
            "status": {"podName": "run-pod",
                       "startTime": "2026-08-20T10:00:00Z",
                       "completionTime": "2026-08-20T10:05:00Z",
                       "steps": [{"name": "build", "container": "step-build"}]}}')
        """);
  }

  @Test
  void everythingThere_isHealthy() throws Exception {
    finishedRun();
    store.add(BUILD, LogEntry.of(T0.plusSeconds(1), LogStream.STDOUT, "hello"));

    assertThat(run(new AuthConfig.None())).isTrue();
    assertThat(lines())
        .containsExactly(
            "ok       configuration  every key is known",
            "warning  TLS            server.tls is not set: whoever is on the way can read",
            "warning  callers        auth.mode is none: everybody can read every log",
            "ok       log store      List answers and knows what the settings name",
            "ok       database       " + database.url() + " has the tables of Tekton Results",
            "ok       recent logs    the store has lines of 1 of the last 1 finished TaskRuns");
  }

  @Test
  void storeWithoutALineOfAnyRun_isWarnedOf() throws Exception {
    finishedRun();

    assertThat(run(new AuthConfig.None())).isTrue();
    assertThat(lines().getLast())
        .startsWith(
            "warning  recent logs    the store has no line of the last 1 finished TaskRuns; looked"
                + " for ")
        .contains("run-pod", "step-build", "2026-08-20T09:59:00Z", "2026-08-20T10:15:00Z");
  }

  @Test
  void linesThatThePresetDoesNotFit_areWarnedOf() throws Exception {
    finishedRun();
    store.add(BUILD, LogEntry.of(T0.plusSeconds(1), LogStream.STDOUT, "{\"msg\":\"hello\"}"));
    store.undecodedPerPage = 1;

    assertThat(run(new AuthConfig.None())).isTrue();
    assertThat(lines().getLast())
        .isEqualTo(
            "warning  recent logs    the store has lines of 1 of the last 1 finished TaskRuns, but 1"
                + " of those looked at have not the form that the settings say and are given as"
                + " they are stored (expected: none; set the preset under logStorage, or its"
                + " fields)");
  }

  @Test
  void storeThatKeepsOnlyYoungerLines_isWarnedOf() throws Exception {
    finishedRun();
    store.oldest = T0.plus(Duration.ofDays(30));

    assertThat(run(new AuthConfig.None())).isTrue();
    assertThat(lines().getLast())
        .isEqualTo(
            "warning  recent logs    the store has no line of the last 1 finished TaskRuns; it has"
                + " no lines from before 2026-09-19T10:00:00Z, and this log is from"
                + " 2026-08-20T09:59:00Z to 2026-08-20T10:15:00Z (expected: a time within its"
                + " retention)");
  }

  @Test
  void storeThatIsAskedAsTheCaller_isNotAskedForLogs() throws Exception {
    finishedRun();
    store.asksAsCaller = true;

    assertThat(run(new AuthConfig.None())).isTrue();
    assertThat(lines().getLast())
        .isEqualTo(
            "warning  recent logs    no log was looked for: List is asked with the tokens of"
                + " callers");
    assertThat(store.queries).isEmpty();
  }

  @Test
  void noRunYet_isWarnedOf() throws Exception {
    assertThat(run(new AuthConfig.None())).isTrue();
    assertThat(lines().getLast())
        .isEqualTo(
            "warning  recent logs    no finished TaskRun whose lines must be there by now, so no"
                + " log was looked for");
  }

  @Test
  void databaseWithoutTables_fails() throws Exception {
    database = TestDatabase.empty(false);

    assertThat(run(new AuthConfig.None())).isFalse();
    assertThat(lines().getLast())
        .startsWith("failed   database       the database lacks results.parent, ")
        .endsWith("(expected: the tables of Tekton Results; database.migrate: true creates them)");
  }

  @Test
  void storeThatFails_failsWithItsReason() throws Exception {
    finishedRun();
    store.hook =
        _ -> {
          throw new LogBackendException(Reason.ACCESS_DENIED, "the store refuses us");
        };

    assertThat(run(new AuthConfig.None())).isFalse();
    assertThat(lines().getLast())
        .isEqualTo("failed   recent logs    the store refuses us [ACCESS_DENIED]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNAVAILABLE | refused | refused [UNAVAILABLE]; asked List (expected: a store that can be"
            + " reached at this address)",
        "MALFORMED | status 302 | status 302 [MALFORMED]; asked List (expected: List itself at"
            + " this address, with its scheme and path)",
        "ACCESS_DENIED | status 401 | status 401 [ACCESS_DENIED]; asked List (expected: a"
            + " credential below logStorage that may read there)",
        "ACCESS_DENIED | no tenant (expected: tenant) | no tenant (expected: tenant)"
            + " [ACCESS_DENIED]; asked List",
        "THROTTLED | status 429 | status 429 [THROTTLED]; asked List",
      })
  void storeThatDoesNotWork_failsWithItsAddressAndWhatIsExpected(
      Reason reason, String message, String found) throws Exception {
    store.checkFailure = new LogBackendException(reason, message);

    assertThat(run(new AuthConfig.None())).isFalse();
    assertThat(lines()).contains("failed   log store      " + found);
  }

  @Test
  void clusterThatLetsUsAsk_isHealthy() throws Exception {
    try (FakeCluster cluster = new FakeCluster(false)) {
      assertThat(run(auth(cluster))).isTrue();
      assertThat(cluster.asked())
          .extracting(FakeCluster.Asked::path)
          .containsExactly(FakeCluster.TOKEN_REVIEWS, FakeCluster.ACCESS_REVIEWS);
    }
    assertThat(lines())
        .contains("ok       callers        the Kubernetes API reviews tokens and rights for us");
  }

  @Test
  void clusterThatDoesNotLetUsAsk_failsAndNamesTheRole() throws Exception {
    try (FakeCluster cluster = new FakeCluster(false)) {
      cluster.trouble = new MockResponse().setResponseCode(403);

      assertThat(run(auth(cluster))).isFalse();
    }
    assertThat(lines().get(2))
        .startsWith("failed   callers        ")
        .contains("answers 403 to us", "system:auth-delegator")
        .doesNotContain(FakeCluster.OWN_TOKEN);
  }

  private static AuthConfig auth(FakeCluster cluster) {
    return new AuthConfig.Kubernetes(
        cluster.api(),
        false,
        List.of(),
        new Cache(Duration.ofSeconds(10), Duration.ofSeconds(10), 100),
        new RequestHeaderConfig.None());
  }

  @Test
  void wrongKeyInTheFile_isTheEnd(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("logbridge.yaml"), "databse:\n  url: x\n");

    CommandLine command =
        new CommandLine(new CheckCommand())
            .setErr(new PrintWriter(out))
            .setExecutionExceptionHandler((e, _, _) -> {
              out.append(e.getMessage());
              return 1;
            });

    assertThat(command.execute("--config", file.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("database.url");
  }
}
