// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.Run;
import io.logbridge.adapter.record.Run.TaskRun;
import java.util.List;

/**
 * What the records say about a run.
 *
 * @param name that led to it
 * @param taskRuns of a PipelineRun, in the order in which they were started; empty for a TaskRun
 */
record FoundRun(LogName name, Run run, List<TaskRun> taskRuns) {}
