// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.record.Run.Attempt;
import io.logbridge.adapter.record.Run.Child;
import io.logbridge.adapter.record.Run.Container;
import io.logbridge.adapter.record.Run.PipelineRun;
import io.logbridge.adapter.record.Run.TaskRun;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what matters for logs out of archived TaskRuns and PipelineRuns, of {@code tekton.dev/v1}
 * and {@code v1beta1} alike.
 *
 * @see <a href="https://tekton.dev/docs/pipelines/taskruns/#monitoring-execution-status">TaskRun
 *     status</a>
 */
final class RunParser {

  private RunParser() {}

  static TaskRun taskRun(JsonNode run) {
    JsonNode metadata = run.path("metadata");
    JsonNode status = run.path("status");
    Instant created = instant(metadata.path("creationTimestamp"));
    return new TaskRun(
        text(metadata, "name"),
        text(metadata, "namespace"),
        text(metadata, "uid"),
        optionalText(metadata.path("labels"), "tekton.dev/pipelineTask"),
        instant(status.path("startTime")),
        instant(status.path("completionTime")),
        condition(status),
        Stream.concat(elements(status.path("retriesStatus")), Stream.of(status))
            .flatMap(attempt -> attempt(attempt, created))
            .toList(),
        owners(metadata));
  }

  static PipelineRun pipelineRun(JsonNode run) {
    JsonNode metadata = run.path("metadata");
    JsonNode status = run.path("status");
    return new PipelineRun(
        text(metadata, "name"),
        text(metadata, "namespace"),
        text(metadata, "uid"),
        instant(status.path("completionTime")),
        condition(status),
        children(status));
  }

  private static Stream<Attempt> attempt(JsonNode status, @Nullable Instant created) {
    String pod = text(status, "podName");
    Instant start = instant(status.path("startTime"));
    if (pod.isEmpty()) {
      return Stream.empty(); // it ended before it got a pod: nothing was ever written
    }
    if (start == null) {
      start = created == null ? Instant.EPOCH : created;
    }
    List<Container> containers = new ArrayList<>();
    elements(status.path("steps")).forEach(step -> containers.add(container(step, "step-")));
    elements(status.path("sidecars"))
        .forEach(sidecar -> containers.add(container(sidecar, "sidecar-")));
    return Stream.of(
        new Attempt(pod, start, instant(status.path("completionTime")), List.copyOf(containers)));
  }

  private static Container container(JsonNode node, String prefix) {
    String label = text(node, "name");
    String name = text(node, "container");
    if (name.isEmpty()) {
      name = prefix + label;
    }
    return new Container(name, label.isEmpty() ? name : label);
  }

  private static List<Child> children(JsonNode status) {
    List<Child> children = new ArrayList<>();
    elements(status.path("childReferences"))
        .filter(child -> text(child, "kind").equals("TaskRun"))
        .forEach(child -> children.add(child(text(child, "name"), child)));
    // Embedded statuses, as Tekton Pipelines wrote them before v0.45.
    status
        .path("taskRuns")
        .propertyStream()
        .forEach(child -> children.add(child(child.getKey(), child.getValue())));
    return List.copyOf(children);
  }

  private static Child child(String name, JsonNode reference) {
    String task = text(reference, "pipelineTaskName");
    return new Child(name, task.isEmpty() ? name : task);
  }

  private static List<String> owners(JsonNode metadata) {
    List<String> uids = new ArrayList<>();
    elements(metadata.path("ownerReferences")).forEach(owner -> uids.add(text(owner, "uid")));
    uids.add(text(metadata.path("labels"), "tekton.dev/pipelineRunUID"));
    uids.removeIf(String::isEmpty);
    return List.copyOf(uids);
  }

  private static String condition(JsonNode status) {
    return elements(status.path("conditions"))
        .filter(condition -> text(condition, "type").equals("Succeeded"))
        .map(condition -> (text(condition, "reason") + ": " + text(condition, "message")).strip())
        .findFirst()
        .orElse("");
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return array.isArray() ? array.valueStream() : Stream.empty();
  }

  private static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isString() ? value.stringValue() : "";
  }

  private static @Nullable String optionalText(JsonNode object, String field) {
    String value = text(object, field);
    return value.isEmpty() ? null : value;
  }

  private static @Nullable Instant instant(JsonNode value) {
    if (!value.isString()) {
      return null;
    }
    try {
      return Instant.parse(value.stringValue());
    } catch (DateTimeException _) {
      return null; // Kubernetes writes RFC 3339 only; whatever else it is, it is not a time
    }
  }
}
