// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExplainCommandTest {

  private final ListBackend store = new ListBackend(10);
  private final StringWriter out = new StringWriter();
  private DatabaseConfig database;

  @BeforeEach
  void database() {
    database = TestDatabase.empty(true);
    Database.open(database).close();
    TestDatabase.load(
        database,
        """
        INSERT INTO results (parent, id, name) VALUES ('ns', 'r', 'r');
        INSERT INTO records (parent, result_id, id, result_name, name, type, data)
        VALUES ('ns', 'r', 'run', 'r', 'run', 'tekton.dev/v1.TaskRun',
          '{"metadata": {"name": "run", "namespace": "ns", "uid": "run"},
            "status": {"podName": "run-pod",
                       "startTime": "2026-08-20T10:00:00Z",
                       "completionTime": "2026-08-20T10:05:00Z",
                       "steps": [{"name": "build", "container": "step-build"},
                                 {"name": "test", "container": "step-test"}]}}')
        """);
  }

  private void run(String name) throws InterruptedException {
    ExplainCommand.run(
        TestConfig.of(TestConfig.SERVER, new AuthConfig.None(), database, store),
        store,
        name,
        new PrintWriter(out));
  }

  @Test
  void aLog_isExplainedContainerByContainer_withoutReadingIt() throws Exception {
    run("ns/results/r/logs/run");

    assertThat(out.toString().lines().filter(line -> line.startsWith("# ")))
        .containsExactly(
            "# step-build of pod run-pod, from 2026-08-20T09:59:00Z to 2026-08-20T10:15:00Z",
            "# step-test of pod run-pod, from 2026-08-20T09:59:00Z to 2026-08-20T10:15:00Z");
    assertThat(out.toString().lines().filter(line -> line.startsWith("entries of "))).hasSize(2);
    assertThat(store.pagesRead).hasValue(0);
  }

  @Test
  void aLogThatTheStoreKeepsNoMore_isCalledSo() throws Exception {
    store.oldest = Instant.parse("2026-09-19T10:00:00Z");

    run("ns/results/r/logs/run");

    assertThat(out.toString().lines().toList().getLast())
        .isEqualTo(
            "# none of it will be found: List has no lines from before 2026-09-19T10:00:00Z, and"
                + " this log is from 2026-08-20T09:59:00Z to 2026-08-20T10:15:00Z (expected: a time"
                + " within its retention)");
  }

  @Test
  void aStoreThatDoesNotAnswer_isNoReasonNotToExplain() throws Exception {
    store.oldestFailure = new LogBackendException(Reason.UNAVAILABLE, "the store is down");

    run("ns/results/r/logs/run");

    assertThat(out.toString()).contains("entries of ").doesNotContain("the store is down");
  }

  @Test
  void aLogThatTheStoreStillKeeps_isNot() throws Exception {
    store.oldest = Instant.parse("2026-08-20T10:14:00Z");

    run("ns/results/r/logs/run");

    assertThat(out.toString()).doesNotContain("none of it");
  }

  @Test
  void anUnknownRun_isNotFound() {
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> run("ns/results/r/logs/other"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
  }
}
