// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A TaskRun.
 *
 * @param pipelineTask its name in the pipeline; {@code null} outside pipelines
 * @param completion {@code null} while it runs
 * @param attempts those that got a pod, first to last
 */
public record TaskRun(
    String name,
    @Nullable String pipelineTask,
    Map<String, String> labels,
    Instant start,
    @Nullable Instant completion,
    Outcome outcome,
    List<Attempt> attempts) {

  /** One pod of it. */
  public record Attempt(Pod pod, Instant start, @Nullable Instant completion, Outcome outcome) {}

  public String uid() {
    return Uids.of("TaskRun/" + name);
  }
}
