// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.check;

import io.logbridge.adapter.record.RunStore;
import io.logbridge.adapter.record.RunStore.PodRun;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.EmptyLog;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import java.time.Duration;
import java.util.List;

/**
 * Whether the store has lines of the runs that ended last. A store that has none may well be in
 * order; more often the shipper writes other fields or labels than the settings say.
 */
public final class RecentLogsProbe implements Probe {

  private static final int RUNS = 5;

  private final RunStore runs;
  private final LogService logs;
  private final LogBackend backend;
  private final Duration timeout;

  /**
   * @param timeout for each request
   */
  public RecentLogsProbe(RunStore runs, LogService logs, LogBackend backend, Duration timeout) {
    this.runs = runs;
    this.logs = logs;
    this.backend = backend;
    this.timeout = timeout;
  }

  @Override
  public Finding look() throws InterruptedException {
    if (backend.asksAsCaller()) {
      return Finding.ok("the store is asked with the tokens of callers, so no log was looked for");
    }
    List<LogPlan> plans = plans();
    if (plans.isEmpty()) {
      return Finding.warning(
          "no finished TaskRun whose lines must be there by now, so no log was looked for");
    }
    int found = 0;
    long undecoded = 0;
    for (LogPlan plan : plans) {
      Lines lines = lines(plan);
      found += lines.any ? 1 : 0;
      undecoded += lines.undecoded;
    }
    String of = "of the last %d finished TaskRuns".formatted(plans.size());
    if (found == 0) {
      return Finding.warning(nothing(of, plans.getFirst()));
    }
    String has = "the store has lines of %d %s".formatted(found, of);
    return undecoded == 0
        ? Finding.ok(has)
        : Finding.warning(
            has
                + ", but "
                + undecoded
                + " of those looked at have not the form that the settings say and are given as"
                + " they are stored (expected: none; set the preset under logStorage, or its"
                + " fields)");
  }

  private String nothing(String of, LogPlan plan) throws InterruptedException {
    LogQuery first = plan.queries().getFirst();
    return EmptyLog.older(backend, plan, Deadline.after(timeout))
        .map(why -> "the store has no line %s; it %s".formatted(of, why))
        .orElseGet(() ->
            "the store has no line %s; looked for %s in %s (expected: some; does the shipper write"
                    .formatted(of, first.container(), first.range())
                + " what the preset under logStorage says, and does the store keep it that"
                + " long?)");
  }

  private List<LogPlan> plans() {
    return runs.lastFinished(RUNS * 4, Deadline.after(timeout)).stream()
        .filter(found -> !found.run().attempts().isEmpty())
        .map(this::plan)
        .filter(plan -> plan.settled() && !plan.queries().isEmpty())
        .limit(RUNS)
        .toList();
  }

  private LogPlan plan(PodRun run) {
    return logs.plan(run.name(), LogOptions.NONE, new CallScope(Deadline.after(timeout)));
  }

  /** What was found of a log: whether there are lines, and how many of those read are odd. */
  private record Lines(boolean any, long undecoded) {}

  private Lines lines(LogPlan plan) throws InterruptedException {
    for (LogQuery query : plan.queries()) {
      Lines lines = lines(query);
      if (lines.any) {
        return lines;
      }
    }
    return new Lines(false, 0);
  }

  private Lines lines(LogQuery query) throws InterruptedException {
    try (LogReader reader = backend.open(query)) {
      LogPage page = reader.read(Deadline.after(timeout));
      while (page.entries().isEmpty() && !page.last()) {
        page = reader.read(Deadline.after(timeout));
      }
      return new Lines(!page.entries().isEmpty(), reader.undecoded());
    }
  }
}
