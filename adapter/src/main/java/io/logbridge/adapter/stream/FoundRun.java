// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.Run;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.adapter.record.RunEvent;
import java.util.List;

/**
 * What the records say about a run.
 *
 * @param name that led to it
 * @param taskRuns of a PipelineRun, in the order in which they were started; empty for a TaskRun
 * @param events of the run and its TaskRuns, in the order of time, if they are asked for
 */
record FoundRun(LogName name, Run run, List<TaskRun> taskRuns, List<RunEvent> events) {

  /** A run of which nobody asks for events. */
  FoundRun(LogName name, Run run, List<TaskRun> taskRuns) {
    this(name, run, taskRuns, List.of());
  }
}
