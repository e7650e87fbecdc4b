// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.History;
import io.logbridge.demo.history.LogRecord;
import io.logbridge.demo.history.Outcome;
import io.logbridge.demo.history.PipelineRun;
import io.logbridge.demo.history.TaskRun;
import io.logbridge.demo.history.TaskRun.Attempt;
import io.logbridge.demo.history.Uids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Archived objects as the watcher of Tekton Results sends them. */
final class RecordJson {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String API_VERSION = "tekton.dev/v1";

  private RecordJson() {}

  static ObjectNode taskRun(TaskRun run, @Nullable PipelineRun owner) {
    ObjectNode object = object(API_VERSION, "TaskRun");
    ObjectNode metadata = metadata(object, run.name(), run.uid(), run.start());
    metadata.set("labels", JSON.valueToTree(run.labels()));
    if (owner != null) {
      metadata
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", API_VERSION)
          .put("kind", "PipelineRun")
          .put("name", owner.name())
          .put("uid", owner.uid())
          .put("controller", true)
          .put("blockOwnerDeletion", true);
    }
    object
        .putObject("spec")
        .put("serviceAccountName", "default")
        .put("timeout", "1h0m0s")
        .putObject("taskRef")
        .put("kind", "Task")
        .put("name", run.pipelineTask() == null ? run.name() : run.pipelineTask());
    ObjectNode status = object.putObject("status");
    if (run.attempts().isEmpty()) {
      outcome(status, run.outcome(), run.start(), run.completion());
    } else {
      status.setAll(attempt(run.attempts().getLast()));
    }
    // A TaskRun is as old as its first attempt, a status as old as the last one.
    if (run.attempts().size() > 1) {
      ArrayNode retries = status.putArray("retriesStatus");
      run.attempts().stream()
          .limit(run.attempts().size() - 1L)
          .forEach(attempt -> retries.add(attempt(attempt)));
    }
    return object;
  }

  private static ObjectNode attempt(Attempt attempt) {
    ObjectNode status = JSON.createObjectNode();
    outcome(status, attempt.outcome(), attempt.start(), attempt.completion());
    status.put("podName", attempt.pod().name());
    ArrayNode steps = status.putArray("steps");
    for (Container container : attempt.pod().containers()) {
      ArrayNode list = container.isSidecar() ? status.withArray("sidecars") : steps;
      container(list.addObject(), container, attempt);
    }
    return status;
  }

  private static void container(ObjectNode node, Container container, Attempt attempt) {
    node.put("name", container.label())
        .put("container", container.name())
        .put("imageID", "registry.example.com/ci/" + container.label() + "@sha256:00");
    Instant started = container.line().apply(0).time();
    if (attempt.completion() == null) {
      node.putObject("running").put("startedAt", seconds(started));
    } else {
      Instant finished = container.line().apply(container.size() - 1).time();
      boolean failed =
          attempt.outcome().isFailure()
              && container.equals(
                  attempt.pod().containers().stream()
                      .filter(c -> !c.isSidecar())
                      .reduce((_, last) -> last)
                      .orElse(null));
      node.putObject("terminated")
          .put("reason", failed ? "Error" : "Completed")
          .put("exitCode", failed ? 1 : 0)
          .put("startedAt", seconds(started))
          .put("finishedAt", seconds(finished))
          .put("containerID", "containerd://" + Uids.of(attempt.pod().uid() + container.name()));
    }
  }

  static ObjectNode pipelineRun(PipelineRun run) {
    ObjectNode object = object(API_VERSION, "PipelineRun");
    metadata(object, run.name(), run.uid(), run.start())
        .putObject("labels")
        .put("tekton.dev/pipeline", run.pipeline());
    ObjectNode spec = object.putObject("spec");
    spec.putObject("pipelineRef").put("name", run.pipeline());
    spec.putObject("timeouts").put("pipeline", "1h0m0s");
    ObjectNode status = object.putObject("status");
    outcome(status, run.outcome(), run.start(), run.completion());
    ArrayNode children = status.putArray("childReferences");
    for (TaskRun child : run.taskRuns()) {
      children
          .addObject()
          .put("apiVersion", API_VERSION)
          .put("kind", "TaskRun")
          .put("name", child.name())
          .put("pipelineTaskName", child.pipelineTask());
    }
    return object;
  }

  static ObjectNode log(LogRecord log) {
    TaskRun run = log.taskRun();
    ObjectNode object = object(log.kind().apiVersion(), log.kind().kind());
    metadata(object, run.name() + "-log", log.uid(), run.start());
    ObjectNode spec = object.putObject("spec");
    switch (log.kind()) {
      case LOG ->
          spec.put("type", "")
              .putObject("resource")
              .put("kind", "TaskRun")
              .put("namespace", History.NAMESPACE)
              .put("name", run.name())
              .put("uid", run.uid());
      case TASK_RUN_LOG ->
          spec.put("logForwarder", "External")
              .putObject("taskRunRef")
              .put("namespace", History.NAMESPACE)
              .put("name", run.name());
    }
    return object;
  }

  private static ObjectNode object(String apiVersion, String kind) {
    return JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
  }

  private static ObjectNode metadata(ObjectNode object, String name, String uid, Instant created) {
    return object
        .putObject("metadata")
        .put("name", name)
        .put("namespace", History.NAMESPACE)
        .put("uid", uid)
        .put("generation", 1)
        .put("creationTimestamp", seconds(created));
  }

  private static void outcome(
      ObjectNode status, Outcome outcome, Instant start, @Nullable Instant completion) {
    status.put("startTime", seconds(start));
    if (completion != null) {
      status.put("completionTime", seconds(completion));
    }
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Succeeded")
        .put("status", outcome.status())
        .put("reason", outcome.reason())
        .put("message", outcome.message())
        .put("lastTransitionTime", seconds(completion == null ? start : completion));
  }

  /** Kubernetes keeps times to the second. */
  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Reads a map as an object. */
  static String text(Map<String, String> map) {
    return JSON.writeValueAsString(map);
  }
}
