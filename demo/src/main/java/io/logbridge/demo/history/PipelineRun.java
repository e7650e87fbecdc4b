// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.time.Instant;
import java.util.List;

/** A PipelineRun with its TaskRuns in the order in which they were started. */
public record PipelineRun(
    String name,
    String pipeline,
    Instant start,
    Instant completion,
    Outcome outcome,
    List<TaskRun> taskRuns) {

  public String uid() {
    return Uids.of("PipelineRun/" + name);
  }
}
