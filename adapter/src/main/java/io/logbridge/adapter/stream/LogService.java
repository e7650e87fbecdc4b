// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.Run.PipelineRun;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.adapter.record.RunStore;
import io.logbridge.backend.LogBackend;
import java.time.InstantSource;

/**
 * Answers GetLog: finds the run, plans what to read, and streams it.
 *
 * <p>Both methods block their caller's thread. Safe for use by many threads.
 */
public final class LogService {

  private final RunStore runs;
  private final LogBackend backend;
  private final LogPlanner planner;

  public LogService(RunStore runs, LogBackend backend, LogSettings settings, InstantSource clock) {
    this.runs = runs;
    this.backend = backend;
    this.planner = new LogPlanner(settings, clock);
  }

  /**
   * Finds out what has to be read, without asking the log store.
   *
   * @throws io.logbridge.adapter.error.RequestException if there is no such run, or it has no log
   */
  public LogPlan plan(LogName name, LogOptions options, CallScope scope) {
    return switch (runs.find(name, scope.deadline())) {
      case TaskRun run -> planner.plan(name, run, options);
      case PipelineRun run ->
          planner.plan(name, run, runs.taskRuns(name, run, scope.deadline()), options);
    };
  }

  /**
   * Writes the log. When it returns, every byte of it has been handed to the sink.
   *
   * @throws io.logbridge.backend.LogBackendException if the store fails
   * @throws io.logbridge.adapter.error.RequestException if the log is not complete
   * @throws CancelledException if the client leaves
   */
  public void stream(LogPlan plan, LogSink sink, CallScope scope) {
    new LogStreamer(backend, plan, sink, scope).run();
  }
}
