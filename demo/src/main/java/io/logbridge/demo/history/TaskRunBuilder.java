// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import io.logbridge.demo.history.Container.Span;
import io.logbridge.demo.history.TaskRun.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes down a TaskRun as it went: step by step, attempt by attempt. */
final class TaskRunBuilder {

  /** How long a pod takes until its first step runs. */
  private static final Duration POD_START = Duration.ofSeconds(4);

  private final String name;
  private final Instant start;
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private List<Container> containers = new ArrayList<>();
  private @Nullable String pipelineTask;
  private Instant attemptStart;
  private Instant clock;

  TaskRunBuilder(String name, Instant start) {
    this.name = name;
    this.start = start;
    this.attemptStart = start;
    this.clock = start.plus(POD_START);
    labels.put("app.kubernetes.io/managed-by", "tekton-pipelines");
    labels.put("tekton.dev/taskRun", name);
    labels.put("tekton.dev/taskRunUID", Uids.of("TaskRun/" + name));
  }

  /** Makes it one of a pipeline's. */
  TaskRunBuilder of(String pipeline, String pipelineRun, String task) {
    pipelineTask = task;
    labels.put("tekton.dev/pipeline", pipeline);
    labels.put("tekton.dev/pipelineRun", pipelineRun);
    labels.put("tekton.dev/pipelineRunUID", Uids.of("PipelineRun/" + pipelineRun));
    labels.put("tekton.dev/pipelineTask", task);
    return this;
  }

  /** Runs a step after those before it. */
  TaskRunBuilder step(String label, int seconds, List<String> texts) {
    return step(label, seconds, span -> Container.spread("step-" + label, span, texts));
  }

  /** Runs a step whose lines come at times of its own. */
  TaskRunBuilder step(String label, int seconds, Function<Span, Container> container) {
    Span span = new Span(clock, Duration.ofSeconds(seconds));
    containers.add(container.apply(span));
    clock = span.end();
    return this;
  }

  /** Adds a sidecar that wrote from the beginning until now. */
  TaskRunBuilder sidecar(String label, List<String> texts) {
    Span span = new Span(attemptStart.plusSeconds(2), Duration.between(attemptStart, clock));
    containers.add(Container.spread("sidecar-" + label, span, texts));
    return this;
  }

  /** Ends an attempt that is followed by another one. */
  TaskRunBuilder retriedAfter(String message) {
    endAttempt(Outcome.failed("Failed", message), clock);
    attemptStart = clock.plusSeconds(1);
    clock = attemptStart.plus(POD_START);
    containers = new ArrayList<>();
    return this;
  }

  TaskRun succeeded() {
    return ended(Outcome.SUCCEEDED);
  }

  TaskRun failed(String message) {
    return ended(Outcome.failed("Failed", message));
  }

  /** Leaves the last attempt running. */
  TaskRun running() {
    endAttempt(Outcome.RUNNING, null);
    return run(null, Outcome.RUNNING);
  }

  /** Ends it before it got a pod. */
  TaskRun neverStarted(String reason, String message) {
    return run(start.plusSeconds(1), Outcome.failed(reason, message));
  }

  private TaskRun ended(Outcome outcome) {
    endAttempt(outcome, clock);
    return run(clock, outcome);
  }

  private void endAttempt(Outcome outcome, @Nullable Instant completion) {
    String pod = name + "-pod" + (attempts.isEmpty() ? "" : "-retry" + attempts.size());
    attempts.add(
        new Attempt(
            new Pod(
                History.NAMESPACE, pod, Uids.of("Pod/ci/" + pod), labels, List.copyOf(containers)),
            attemptStart,
            completion,
            outcome));
  }

  private TaskRun run(@Nullable Instant completion, Outcome outcome) {
    return new TaskRun(
        name, pipelineTask, labels, start, completion, outcome, List.copyOf(attempts));
  }
}
