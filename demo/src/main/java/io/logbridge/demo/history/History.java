// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that happened.
 *
 * @param taskRuns those outside of pipelines
 * @param strangers pods that belong to no run but look much like pods that do
 */
public record History(
    List<PipelineRun> pipelineRuns,
    List<TaskRun> taskRuns,
    List<LogRecord> logRecords,
    List<Pod> strangers) {

  /** The namespace of all runs. */
  public static final String NAMESPACE = "ci";

  /**
   * The history as seen at a moment: the same names and texts every time, at times that lie as far
   * back.
   *
   * @param loadTestLines size of the longest log
   */
  public static History asOf(Instant now, int loadTestLines) {
    return new SampleHistory(now, loadTestLines).create();
  }

  /** All TaskRuns, those of pipelines too. */
  public Stream<TaskRun> allTaskRuns() {
    return Stream.concat(
        pipelineRuns.stream().flatMap(run -> run.taskRuns().stream()), taskRuns.stream());
  }

  /** All pods that wrote something. */
  public Stream<Pod> pods() {
    return Stream.concat(
        allTaskRuns().flatMap(run -> run.attempts().stream()).map(TaskRun.Attempt::pod),
        strangers.stream());
  }

  /** The TaskRun with this name. */
  public TaskRun taskRun(String name) {
    return allTaskRuns().filter(run -> run.name().equals(name)).findFirst().orElseThrow();
  }

  /** The PipelineRun with this name. */
  public PipelineRun pipelineRun(String name) {
    return pipelineRuns.stream().filter(run -> run.name().equals(name)).findFirst().orElseThrow();
  }

  /** The Result that holds a TaskRun's record: that of its PipelineRun, or its own. */
  public String result(TaskRun run) {
    return pipelineRuns.stream()
        .filter(owner -> owner.taskRuns().contains(run))
        .map(PipelineRun::uid)
        .findFirst()
        .orElse(run.uid());
  }

  /** The resource name of a TaskRun's log. */
  public String logName(TaskRun run) {
    return NAMESPACE + "/results/" + result(run) + "/logs/" + run.uid();
  }

  /** The resource name of a PipelineRun's log. */
  public static String logName(PipelineRun run) {
    return NAMESPACE + "/results/" + run.uid() + "/logs/" + run.uid();
  }

  /** The resource name that a record of a log leads by. */
  public String logName(LogRecord log) {
    return NAMESPACE + "/results/" + result(log.taskRun()) + "/logs/" + log.uid();
  }
}
