// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An archived run, as far as its log is concerned. */
public sealed interface Run {

  /** The name of the object in Kubernetes. */
  String name();

  /** Its namespace in Kubernetes, as its record says. */
  String namespace();

  /** Its uid in Kubernetes. */
  String uid();

  /** When it ended; {@code null} while it runs. */
  @Nullable Instant completionTime();

  /** Reason and message of its {@code Succeeded} condition; empty if it has none. */
  String condition();

  /**
   * A run of one pod, or of several one after the other when it was retried.
   *
   * @param pipelineTask its name in the pipeline that it belongs to; {@code null} outside pipelines
   * @param attempts those that got a pod, first to last
   * @param ownerUids the uids of its owners, and of its PipelineRun if its labels name it
   */
  record TaskRun(
      String name,
      String namespace,
      String uid,
      @Nullable String pipelineTask,
      @Nullable Instant startTime,
      @Nullable Instant completionTime,
      String condition,
      List<Attempt> attempts,
      List<String> ownerUids)
      implements Run {}

  /**
   * A run of several TaskRuns.
   *
   * @param children the TaskRuns that its status names
   */
  record PipelineRun(
      String name,
      String namespace,
      String uid,
      @Nullable Instant completionTime,
      String condition,
      List<Child> children)
      implements Run {}

  /**
   * A pod of a TaskRun.
   *
   * @param startTime when it began; when the TaskRun was created if its status does not say
   * @param completionTime when it ended; {@code null} while it runs
   */
  record Attempt(
      String pod,
      Instant startTime,
      @Nullable Instant completionTime,
      List<Container> containers) {}

  /**
   * A container of an attempt.
   *
   * @param name in the pod: {@code step-build}, {@code sidecar-server}
   * @param label in the Task: {@code build}, {@code server}
   */
  record Container(String name, String label) {}

  /**
   * A TaskRun of a PipelineRun.
   *
   * @param name the TaskRun's
   * @param pipelineTask its name in the pipeline
   */
  record Child(String name, String pipelineTask) {}
}
