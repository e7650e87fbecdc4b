// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import io.logbridge.demo.history.Container.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * A few days of a small team's CI, and with them everything that is hard about logs: retries,
 * sidecars, equal timestamps, split lines, a night that begins on one day and ends on the next.
 */
final class SampleHistory {

  private static final String PIPELINE = "shop-api";

  private final Instant now;
  private final int loadTestLines;

  SampleHistory(Instant now, int loadTestLines) {
    this.now = now;
    this.loadTestLines = loadTestLines;
  }

  History create() {
    TaskRun loadTest = loadTest();
    PipelineRun failed = failedBuild();
    return new History(
        List.of(build(), failed, release()),
        List.of(loadTest, eventStorm(), frontend(), neverStarted(), smokeTest()),
        List.of(
            new LogRecord(LogRecord.Kind.LOG, loadTest),
            new LogRecord(LogRecord.Kind.TASK_RUN_LOG, failed.taskRuns().getLast())),
        Strangers.of(loadTest));
  }

  /** A time of day, so many days ago, in UTC: whole days, so that indices of a day matter. */
  private Instant at(int daysAgo, String time) {
    return OffsetDateTime.ofInstant(now, ZoneOffset.UTC)
        .toLocalDate()
        .minusDays(daysAgo)
        .atTime(LocalTime.parse(time))
        .toInstant(ZoneOffset.UTC);
  }

  private static TaskRunBuilder task(String run, String task, Instant start) {
    return new TaskRunBuilder(run + "-" + task, start).of(PIPELINE, run, task);
  }

  private PipelineRun build() {
    String run = "shop-api-main-7f3k2";
    TaskRun fetch =
        task(run, "fetch", at(1, "09:12:00"))
            .step("clone", 6, BuildTexts.clone("main"))
            .succeeded();
    TaskRun compile =
        task(run, "compile", at(1, "09:12:12"))
            .step("restore-cache", 5, BuildTexts.restoreCache())
            .step("mvn", 48, BuildTexts.compile())
            .succeeded();
    TaskRun unitTests =
        task(run, "unit-tests", at(1, "09:13:12"))
            .step("test", 94, BuildTexts.unitTests(240))
            .sidecar("database", BuildTexts.database(60))
            .succeeded();
    TaskRun lint =
        task(run, "lint", at(1, "09:13:13")).step("lint", 20, BuildTexts.lint()).succeeded();
    TaskRun image =
        task(run, "image", at(1, "09:15:00"))
            .step("build", 31, BuildTexts.imageBuild())
            .step("push", 12, BuildTexts.imagePush())
            .succeeded();
    return pipelineRun(run, Outcome.SUCCEEDED, List.of(fetch, compile, unitTests, lint, image));
  }

  private PipelineRun failedBuild() {
    String run = "shop-api-pr-412-x9d4m";
    TaskRun fetch =
        task(run, "fetch", at(1, "10:40:00"))
            .step("clone", 6, BuildTexts.clone("refs/pull/412/head"))
            .succeeded();
    TaskRun compile =
        task(run, "compile", at(1, "10:40:12"))
            .step("restore-cache", 5, BuildTexts.restoreCache())
            .step("mvn", 37, BuildTexts.compileError())
            .failed("\"step-mvn\" exited with code 1");
    return pipelineRun(
        run,
        Outcome.failed("Failed", "Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 3"),
        List.of(fetch, compile));
  }

  private PipelineRun release() {
    String run = "shop-api-release-1-8-0";
    TaskRun fetch =
        task(run, "fetch", at(1, "14:00:00"))
            .step("clone", 7, BuildTexts.clone("v1.8.0"))
            .succeeded();
    TaskRun integration =
        task(run, "integration-tests", at(1, "14:00:15"))
            .step("test", 40, BuildTexts.databaseRefuses())
            .sidecar("database", BuildTexts.databaseDies())
            .retriedAfter("\"step-test\" exited with code 1")
            .step("test", 110, BuildTexts.unitTests(180))
            .sidecar("database", BuildTexts.database(80))
            .succeeded();
    TaskRun publish =
        task(run, "publish", at(1, "14:03:30"))
            .step("push", 14, BuildTexts.imagePush())
            .succeeded();
    return pipelineRun(run, Outcome.SUCCEEDED, List.of(fetch, integration, publish));
  }

  private static PipelineRun pipelineRun(String name, Outcome outcome, List<TaskRun> taskRuns) {
    Instant start = taskRuns.getFirst().start().minusSeconds(1);
    Instant completion =
        taskRuns.stream()
            .map(TaskRun::completion)
            .filter(java.util.Objects::nonNull)
            .max(Instant::compareTo)
            .orElseThrow();
    return new PipelineRun(name, PIPELINE, start, completion, outcome, taskRuns);
  }

  /** Goes on after midnight, so its lines are in the indices of two days. */
  private TaskRun loadTest() {
    return new TaskRunBuilder("nightly-load-test-4c8vq", at(2, "23:50:00"))
        .step(
            "drive",
            20 * 60,
            span -> Container.spread("step-drive", span, loadTestLines, LoadTexts::request))
        .succeeded();
  }

  private TaskRun eventStorm() {
    return new TaskRunBuilder("event-storm-z6t1n", at(1, "11:30:00"))
        .step("replay", 30, EventStorm::container)
        .succeeded();
  }

  private TaskRun frontend() {
    return new TaskRunBuilder("shop-web-bundle-m2w7c", at(1, "16:20:00"))
        .step("install", 25, OddTexts.install())
        .step("bundle", 30, OddTexts.bundle())
        .succeeded();
  }

  private TaskRun neverStarted() {
    return new TaskRunBuilder("deploy-production-q5h8d", at(1, "17:05:00"))
        .neverStarted(
            "TaskRunResolutionFailed",
            "failed to get task: tasks.tekton.dev \"deploy\" not found in namespace ci");
  }

  private TaskRun smokeTest() {
    return new TaskRunBuilder("smoke-test-b9x2r", now.minusSeconds(200))
        .step("curl", 180, BuildTexts.smokeTest())
        .running();
  }

  /** Pods that a careless query would take for those of a run. */
  private static final class Strangers {

    static List<Pod> of(TaskRun run) {
      Pod pod = run.attempts().getFirst().pod();
      Span span = new Span(run.start(), Duration.ofMinutes(15));
      return List.of(
          stranger("ci-staging", pod.name(), pod, span),
          stranger(History.NAMESPACE, pod.name() + "-0", pod, span),
          stranger(History.NAMESPACE, "x-" + pod.name(), pod, span),
          stranger(History.NAMESPACE, pod.name().toUpperCase(java.util.Locale.ROOT), pod, span));
    }

    private static Pod stranger(String namespace, String name, Pod like, Span span) {
      List<Container> containers =
          like.containers().stream()
              .map(container ->
                  Container.spread(container.name(), span, 50, i -> "not of this run: line " + i))
              .toList();
      return new Pod(
          namespace, name, Uids.of("Pod/" + namespace + "/" + name), Map.of(), containers);
    }
  }
}
