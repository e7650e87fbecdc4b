// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.Run.Attempt;
import io.logbridge.adapter.record.Run.Child;
import io.logbridge.adapter.record.Run.Container;
import io.logbridge.adapter.record.Run.PipelineRun;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.adapter.stream.LogSettings.Prefix;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPlannerTest {

  private static final LogName NAME = LogName.parse("ns/results/r/logs/run");
  private static final Instant START = Instant.parse("2026-08-20T10:00:00Z");
  private static final Instant END = Instant.parse("2026-08-20T10:05:00Z");
  private static final List<Container> STEPS =
      List.of(new Container("step-build", "build"), new Container("sidecar-db", "db"));

  @Test
  void taskRun_isReadAttemptByAttemptStepsFirstInItsOwnWindow() {
    Instant retryEnd = Instant.parse("2026-08-20T09:50:00Z");
    TaskRun run =
        taskRun(
            "t",
            END,
            new Attempt("pod-1", Instant.parse("2026-08-20T09:40:00Z"), retryEnd, STEPS),
            new Attempt("pod-2", START, END, STEPS));

    LogPlan plan = planner(Prefix.AUTO, END).plan(NAME, run, LogOptions.NONE);

    TimeRange first =
        new TimeRange(Instant.parse("2026-08-20T09:39:00Z"), Instant.parse("2026-08-20T10:00:00Z"));
    TimeRange second =
        new TimeRange(Instant.parse("2026-08-20T09:59:00Z"), Instant.parse("2026-08-20T10:15:00Z"));
    assertThat(plan.parts())
        .containsExactly(
            part("pod-1", "step-build", first, "build"),
            part("pod-1", "sidecar-db", first, "db"),
            part("pod-2", "step-build", second, "build"),
            part("pod-2", "sidecar-db", second, "db"));
    assertThat(plan.prefixed()).isTrue();
  }

  @Test
  void runningTaskRun_isOpenEndedAndNotSettled() {
    TaskRun run = taskRun("t", null, new Attempt("pod", START, null, STEPS));

    LogPlan plan = planner(Prefix.AUTO, END).plan(NAME, run, LogOptions.NONE);

    assertThat(plan.parts().getFirst().range().end()).isNull();
    assertThat(plan.settled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2026-08-20T10:15:00Z,false", "2026-08-20T10:15:00.000000001Z,true"})
  void aRun_isSettledOnceTheForwardersDelayHasPassed(Instant now, boolean settled) {
    TaskRun run = taskRun("t", END, new Attempt("pod", START, END, STEPS));

    assertThat(planner(Prefix.AUTO, now).plan(NAME, run, LogOptions.NONE).settled())
        .isEqualTo(settled);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO,1,,false",
    "AUTO,2,,true",
    "ALWAYS,1,,true",
    "NEVER,2,,false",
    "AUTO,1,true,true",
    "ALWAYS,2,false,false"
  })
  void prefix_isTheCallersWishThenTheServersThenByTheNumberOfContainers(
      Prefix setting, int containers, Boolean wish, boolean prefixed) {
    TaskRun run = taskRun("t", END, new Attempt("pod", START, END, STEPS.subList(0, containers)));
    LogOptions options =
        new LogOptions(
            List.of(), null, null, null, null, false, wish, false, false, LogFormat.TEXT, null);

    assertThat(planner(setting, END).plan(NAME, run, options).prefixed()).isEqualTo(prefixed);
  }

  @Test
  void oneContainerOfTwoAttempts_needsNoPrefix() {
    List<Container> one = STEPS.subList(0, 1);
    TaskRun run =
        taskRun("t", END, new Attempt("p1", START, END, one), new Attempt("p2", START, END, one));

    assertThat(planner(Prefix.AUTO, END).plan(NAME, run, LogOptions.NONE).prefixed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"step-build", "build"})
  void containers_areChosenByTheirNameInThePodOrInTheTask(String wanted) {
    TaskRun run = taskRun("t", END, new Attempt("pod", START, END, STEPS));

    LogPlan plan = planner(Prefix.AUTO, END).plan(NAME, run, only(wanted));

    assertThat(plan.parts())
        .extracting(part -> part.container().container())
        .containsExactly("step-build");
    assertThat(plan.unconfirmed()).isNull();
    assertThat(plan.prefixed()).isFalse();
  }

  @Test
  void aContainerThatNoStatusNames_isLookedForInEveryPod() {
    TaskRun run =
        taskRun(
            "t", END, new Attempt("p1", START, END, STEPS), new Attempt("p2", START, END, STEPS));

    LogPlan plan = planner(Prefix.AUTO, END).plan(NAME, run, only("prepare"));

    assertThat(plan.parts())
        .extracting(part -> part.container().pod() + "/" + part.container().container())
        .containsExactly("p1/prepare", "p2/prepare");
    assertThat(plan.unconfirmed())
        .isEqualTo("container: \"prepare\" (expected: one of step-build, sidecar-db)");
  }

  @Test
  void sinceAndUntil_narrowTheRunsWindowAndNeverWidenIt() {
    TaskRun run = taskRun("t", END, new Attempt("pod", START, END, STEPS.subList(0, 1)));
    LogPlanner planner = planner(Prefix.AUTO, END);

    assertThat(window(planner, run, "2026-08-20T10:01:00Z", "2026-08-20T10:02:00Z"))
        .isEqualTo(
            new TimeRange(
                Instant.parse("2026-08-20T10:01:00Z"), Instant.parse("2026-08-20T10:02:00Z")));
    assertThat(window(planner, run, "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"))
        .isEqualTo(
            new TimeRange(
                Instant.parse("2026-08-20T09:59:00Z"), Instant.parse("2026-08-20T10:15:00Z")));
    assertThat(window(planner, run, "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z").isEmpty())
        .isTrue();
  }

  @Test
  void aTaskRunWithoutAPod_isRefusedWithTheReason() {
    TaskRun run =
        new TaskRun(
            "t", "ns", "u", null, START, END, "TaskRunImagePullFailed: no", List.of(), List.of());

    assertThatThrownBy(() -> planner(Prefix.AUTO, END).plan(NAME, run, LogOptions.NONE))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION))
        .hasMessage("TaskRun t never had a pod, so there is no log: TaskRunImagePullFailed: no");
  }

  @Test
  void aRecordThatNamesNoRealPod_isRefusedBeforeAnyQuery() {
    TaskRun run = taskRun("t", END, new Attempt("pod\" OR *", START, END, STEPS));

    assertThatThrownBy(() -> planner(Prefix.AUTO, END).plan(NAME, run, LogOptions.NONE))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION));
  }

  @Test
  void pipelineRun_isReadTaskByTaskWithTheTasksNames() {
    PipelineRun run = new PipelineRun("p", "ns", "u", END, "", List.of(new Child("p-b", "second")));
    Attempt attempt = new Attempt("pod", START, END, STEPS.subList(0, 1));
    TaskRun labelled =
        new TaskRun("p-a", "ns", "ua", "first", START, END, "", List.of(attempt), List.of());

    LogPlan plan =
        planner(Prefix.AUTO, END)
            .plan(NAME, run, List.of(labelled, taskRun("p-b", END, attempt)), LogOptions.NONE);

    assertThat(plan.parts())
        .extracting(ContainerLog::label)
        .containsExactly("first : build", "second : build");
    assertThat(plan.missing()).isNull();
  }

  @Test
  void pipelineRunOfWhoseTaskRunsARecordIsMissing_saysWhichAndOnlyWhenItHasEnded() {
    List<Child> children = List.of(new Child("p-a", "a"), new Child("p-b", "b"));
    TaskRun there = taskRun("p-a", END, new Attempt("pod", START, END, STEPS));
    LogPlanner planner = planner(Prefix.AUTO, END);

    assertThat(
            planner
                .plan(
                    NAME,
                    new PipelineRun("p", "ns", "u", END, "", children),
                    List.of(there),
                    LogOptions.NONE)
                .missing())
        .isEqualTo(
            "the log lacks these TaskRuns of PipelineRun p, of which there is no record: p-b");
    assertThat(
            planner
                .plan(
                    NAME,
                    new PipelineRun("p", "ns", "u", null, "", children),
                    List.of(there),
                    LogOptions.NONE)
                .missing())
        .isNull();
  }

  @Test
  void pipelineRunWithoutAnyPod_isRefusedWithTheReason() {
    PipelineRun run =
        new PipelineRun("p", "ns", "u", END, "CouldntGetTask: no such task", List.of());

    assertThatThrownBy(() -> planner(Prefix.AUTO, END).plan(NAME, run, List.of(), LogOptions.NONE))
        .hasMessage(
            "PipelineRun p never had a pod, so there is no log: CouldntGetTask: no such task");
  }

  private static TimeRange window(LogPlanner planner, TaskRun run, String since, String until) {
    LogOptions options =
        new LogOptions(
            List.of(),
            Instant.parse(since),
            Instant.parse(until),
            null,
            null,
            false,
            null,
            false,
            false,
            LogFormat.TEXT,
            null);
    return planner.plan(NAME, run, options).parts().getFirst().range();
  }

  private static LogPlanner planner(Prefix prefix, Instant now) {
    return new LogPlanner(
        new LogSettings(
            prefix,
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(2),
            LogSettings.Deletion.RECORD),
        InstantSource.fixed(now));
  }

  private static TaskRun taskRun(String name, Instant completion, Attempt... attempts) {
    return new TaskRun(
        name, "ns", "u-" + name, null, START, completion, "", List.of(attempts), List.of());
  }

  private static LogOptions only(String container) {
    return new LogOptions(
        List.of(container),
        null,
        null,
        null,
        null,
        false,
        null,
        false,
        false,
        LogFormat.TEXT,
        null);
  }

  private static ContainerLog part(String pod, String container, TimeRange range, String label) {
    int colon = label.indexOf(" : ");
    return new ContainerLog(
        new ContainerRef("ns", pod, null, container),
        range,
        colon < 0 ? null : label.substring(0, colon),
        colon < 0 ? label : label.substring(colon + 3));
  }
}
