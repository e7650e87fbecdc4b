// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.auth.RequestHeaderConfig;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Records and logs of a PipelineRun {@code pr-1} of two TaskRuns: {@code hello-run}, whose pod has
 * two steps and a sidecar and which was tried twice, and {@code bye-run}, whose pod has one step.
 * Beside it are a run that ended a moment ago, one that still runs, and one in another namespace.
 */
final class KubeArchive {

  /** Of each step. */
  static final int LINES = 5_000;

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final int PAGE = 100;

  private final DatabaseConfig database = TestDatabase.empty(true);
  private final ListBackend store = new ListBackend(PAGE);

  KubeArchive() {
    try (Database open = Database.open(database)) {
      records(open);
    }
    log("hello-run-pod", "build");
    log("hello-run-pod", "test");
    log("bye-run-pod", "only");
    store.add(
        new ContainerRef("slow", "slow-run-pod", null, "step-only"),
        LogEntry.of(Instant.now().minusSeconds(1_500), LogStream.STDOUT, "still running"));
    store.add(
        new ContainerRef("slow", "slow-run-pod-retry0", null, "step-only"),
        LogEntry.of(Instant.now().minusSeconds(1_900), LogStream.STDOUT, "tried before"));
    line("hello-run-pod", "prepare", "Entrypoint initialization");
    line("hello-run-pod", "sidecar-db", "ready to accept connections");
    line("hello-run-pod-retry0", "step-build", "first try");
    store.add(
        new ContainerRef("ci", "hello-run-pod-retry0", null, "step-build"),
        LogEntry.of(T0, LogStream.STDERR, "and a complaint"));
  }

  private static void records(Database database) {
    Instant now = Instant.now();
    record(
        database,
        "ci",
        "hello-run",
        """
        "podName":"hello-run-pod",
        "startTime":"2026-08-20T10:00:00Z","completionTime":"2026-08-20T10:02:00Z",
        "steps":[{"name":"build","container":"step-build","terminated":{"exitCode":0,"reason":"Completed"}},
                 {"name":"test","container":"step-test","terminated":{"exitCode":0,"reason":"Completed"}}],
        "sidecars":[{"name":"db","container":"sidecar-db","terminated":{"exitCode":0,"reason":"Completed"}}],
        "retriesStatus":[{"podName":"hello-run-pod-retry0",
          "startTime":"2026-08-20T09:59:00Z","completionTime":"2026-08-20T10:00:00Z",
          "steps":[{"name":"build","container":"step-build","terminated":{"exitCode":1,"reason":"Error"}}],
          "conditions":[{"type":"Succeeded","status":"False","reason":"Failed"}]}],
        """);
    record(
        database,
        "ci",
        "bye-run",
        """
        "podName":"bye-run-pod",
        "startTime":"2026-08-20T10:00:00Z","completionTime":"2026-08-20T10:02:00Z",
        "steps":[{"name":"only","container":"step-only","terminated":{"exitCode":0,"reason":"Completed"}}],
        """);
    record(
        database,
        "ci",
        "fresh-run",
        """
        "podName":"fresh-run-pod","startTime":"%s","completionTime":"%s",
        "steps":[{"name":"only","container":"step-only","terminated":{"exitCode":0,"reason":"Completed"}}],
        """
            .formatted(now.minusSeconds(60), now.minusSeconds(1)));
    record(
        database,
        "slow",
        "slow-run",
        """
        "podName":"slow-run-pod","startTime":"%s",
        "steps":[{"name":"only","container":"step-only","running":{}}],
        "retriesStatus":[{"podName":"slow-run-pod-retry0","startTime":"%s","completionTime":"%s",
          "steps":[{"name":"only","container":"step-only","terminated":{"exitCode":1}}]}],
        """
            .formatted(now.minusSeconds(1_800), now.minusSeconds(2_000), now.minusSeconds(1_850)));
    record(
        database,
        "other",
        "secret-run",
        """
        "podName":"secret-run-pod",
        "startTime":"2026-08-20T10:00:00Z","completionTime":"2026-08-20T10:02:00Z",
        "steps":[{"name":"only","container":"step-only"}],
        """);
    pipelineRun(database);
  }

  private static void record(Database database, String namespace, String name, String status) {
    String json =
        """
        {"kind":"TaskRun","apiVersion":"tekton.dev/v1",
         "metadata":{"name":"%s","namespace":"%s","uid":"%s-uid",
           "creationTimestamp":"2026-08-20T09:59:00Z",
           "labels":{"tekton.dev/pipelineRun":"pr-1","tekton.dev/pipelineTask":"%s",
                     "tekton.dev/pipelineRunUID":"pr-1-uid"}},
         "status":{%s "conditions":[{"type":"Succeeded","status":"True","reason":"Succeeded",
           "message":"All Steps have completed executing"}]}}
        """
            .formatted(name, namespace, name, name.replace("-run", ""), status);
    TestDatabase.record(
        database, namespace + "/results/r/records/" + name, "tekton.dev/v1.TaskRun", json);
  }

  private static void pipelineRun(Database database) {
    TestDatabase.record(
        database,
        "ci/results/r/records/pr-1",
        "tekton.dev/v1.PipelineRun",
        """
        {"kind":"PipelineRun","apiVersion":"tekton.dev/v1",
         "metadata":{"name":"pr-1","namespace":"ci","uid":"pr-1-uid",
           "creationTimestamp":"2026-08-20T09:59:00Z","labels":{"tekton.dev/pipeline":"p"}},
         "spec":{"pipelineRef":{"name":"p"}},
         "status":{"startTime":"2026-08-20T09:59:00Z","completionTime":"2026-08-20T10:02:00Z",
           "pipelineSpec":{"tasks":[
             {"name":"hello","taskRef":{"name":"hello"}},
             {"name":"bye","taskRef":{"name":"bye"},"runAfter":["hello"]}]},
           "childReferences":[
             {"apiVersion":"tekton.dev/v1","kind":"TaskRun","name":"hello-run","pipelineTaskName":"hello"},
             {"apiVersion":"tekton.dev/v1","kind":"TaskRun","name":"bye-run","pipelineTaskName":"bye"}],
           "conditions":[{"type":"Succeeded","status":"True","reason":"Succeeded",
             "message":"Tasks Completed: 2"}]}}
        """);
  }

  private void log(String pod, String step) {
    ContainerRef container = new ContainerRef("ci", pod, null, "step-" + step);
    for (int i = 0; i < LINES; i++) {
      store.add(
          container,
          LogEntry.of(T0.plusMillis(10L * i), LogStream.STDOUT, "step-" + step + " line " + i));
    }
  }

  private void line(String pod, String container, String text) {
    store.add(
        new ContainerRef("ci", pod, null, container), LogEntry.of(T0, LogStream.STDOUT, text));
  }

  /** Says of the run that runs that it ended long enough ago for all of its lines to be there. */
  void endSlowRun() {
    try (Database open = Database.open(database)) {
      TestDatabase.execute(
          open,
          """
          UPDATE records SET data = jsonb_set(data, '{status,completionTime}', to_jsonb(?::text))
           WHERE name = 'slow-run'
          """,
          Instant.now().minusSeconds(1_200).toString());
    }
  }

  DatabaseConfig database() {
    return database;
  }

  ListBackend store() {
    return store;
  }

  /** Asks a cluster each time. */
  static AuthConfig auth(FakeCluster cluster) {
    return new AuthConfig.Kubernetes(
        cluster.api(),
        true,
        List.of(),
        new AuthConfig.Cache(Duration.ZERO, Duration.ZERO, 100),
        new RequestHeaderConfig.None());
  }

  /** What a step has written. */
  static String lines(String step, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "step-" + step + " line " + i + "\n")
        .collect(Collectors.joining());
  }
}
