// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.ArchivedObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes pods of what a TaskRun says of them. Pods are archived by nobody, but a TaskRun has the
 * names of its pods, the images and states of their containers, and when all of that was.
 */
final class Pods {

  /** The labels that Tekton gives to a pod beyond those of its TaskRun. */
  static final String TASK_RUN = "tekton.dev/taskRun";

  static final String TASK_RUN_UID = "tekton.dev/taskRunUID";

  private Pods() {}

  /** The pods of an archived TaskRun: of the attempts that got one, first to last. */
  static List<ObjectNode> of(ArchivedObject taskRun) {
    if (!Metadata.isOf(taskRun.data(), taskRun.namespace())) {
      return List.of();
    }
    JsonNode status = taskRun.data().path("status");
    return Stream.concat(Json.elements(status.path("retriesStatus")), Stream.of(status))
        .filter(attempt -> !Json.text(attempt, "podName").isEmpty())
        .map(attempt -> pod(taskRun, attempt))
        .toList();
  }

  private static ObjectNode pod(ArchivedObject taskRun, JsonNode attempt) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("kind", KubeResource.PODS.kind());
    pod.put("apiVersion", KubeResource.PODS.apiVersion());
    pod.set("metadata", metadata(taskRun, attempt));
    List<Container> containers = containers(taskRun.data(), attempt);
    pod.set("spec", spec(taskRun.data(), containers));
    pod.set("status", status(attempt, containers));
    return pod;
  }

  private static ObjectNode metadata(ArchivedObject taskRun, JsonNode attempt) {
    JsonNode owner = taskRun.data().path("metadata");
    String name = Json.text(attempt, "podName");
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata
        .put("name", name)
        .put("namespace", taskRun.namespace())
        .put("uid", Metadata.uid(KubeResource.PODS, taskRun.namespace(), name))
        .put("resourceVersion", ResourceVersion.of(taskRun).text());
    metadata.putNull("creationTimestamp");
    Json.copy(owner, metadata, "creationTimestamp");
    JsonNode started = attempt.path("startTime");
    if (started.isString()) {
      metadata.set("creationTimestamp", started);
    }
    ObjectNode labels = metadata.putObject("labels");
    Json.labels(taskRun.data()).forEach(labels::put);
    labels.put(TASK_RUN, Json.text(owner, "name"));
    labels.put(TASK_RUN_UID, Json.text(owner, "uid"));
    Json.copy(owner, metadata, "annotations");
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", KubeResource.TASKRUNS.apiVersion())
        .put("kind", KubeResource.TASKRUNS.kind())
        .put("name", Json.text(owner, "name"))
        .put("uid", Json.text(owner, "uid"))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    return metadata;
  }

  private static ObjectNode spec(JsonNode taskRun, List<Container> containers) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    ArrayNode array = spec.putArray("containers");
    containers.forEach(container ->
        array.addObject().put("name", container.name()).put("image", container.image()));
    spec.put("restartPolicy", "Never");
    Json.copy(taskRun.path("spec"), spec, "serviceAccountName");
    return spec;
  }

  private static ObjectNode status(JsonNode attempt, List<Container> containers) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    Phase phase = phase(attempt);
    status.put("phase", phase.text);
    if (phase == Phase.FAILED) {
      JsonNode condition = succeeded(attempt);
      Json.copy(condition, status, "message");
      if (containers.stream().noneMatch(Container::hasFailed)) {
        Json.copy(condition, status, "reason"); // as of a pod that was stopped from outside
      }
    }
    Json.copy(attempt, status, "startTime");
    ArrayNode conditions = status.putArray("conditions");
    boolean running = phase == Phase.RUNNING;
    condition(conditions, attempt, "Initialized", true);
    condition(conditions, attempt, "Ready", running);
    condition(conditions, attempt, "ContainersReady", running);
    condition(conditions, attempt, "PodScheduled", true);
    ArrayNode statuses = status.putArray("containerStatuses");
    containers.forEach(container -> statuses.add(container.status()));
    return status;
  }

  private static void condition(
      ArrayNode conditions, JsonNode attempt, String type, boolean status) {
    ObjectNode condition =
        conditions.addObject().put("type", type).put("status", status ? "True" : "False");
    JsonNode since = attempt.path(status ? "startTime" : "completionTime");
    if (since.isString()) {
      condition.set("lastTransitionTime", since);
    }
    if (!status) {
      condition.put("reason", "PodCompleted");
    }
  }

  private enum Phase {
    RUNNING("Running"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed");

    private final String text;

    Phase(String text) {
      this.text = text;
    }
  }

  /** Where an attempt ended without a word about its outcome, it was one that was done again. */
  private static Phase phase(JsonNode attempt) {
    return switch (Json.text(succeeded(attempt), "status")) {
      case "True" -> Phase.SUCCEEDED;
      case "False" -> Phase.FAILED;
      default -> Json.time(attempt.path("completionTime")) == null ? Phase.RUNNING : Phase.FAILED;
    };
  }

  private static JsonNode succeeded(JsonNode attempt) {
    return Json.elements(attempt.path("conditions"))
        .filter(condition -> Json.text(condition, "type").equals("Succeeded"))
        .findFirst()
        .orElse(JsonNodeFactory.instance.objectNode());
  }

  private static List<Container> containers(JsonNode taskRun, JsonNode attempt) {
    JsonNode taskSpec = taskRun.path("status").path("taskSpec");
    List<Container> containers = new ArrayList<>();
    Json.elements(attempt.path("steps"))
        .map(step -> container(step, "step-", images(taskSpec.path("steps"))))
        .forEach(containers::add);
    Json.elements(attempt.path("sidecars"))
        .map(sidecar -> container(sidecar, "sidecar-", images(taskSpec.path("sidecars"))))
        .forEach(containers::add);
    return containers;
  }

  private static Map<String, String> images(JsonNode containers) {
    Map<String, String> images = new HashMap<>();
    Json.elements(containers)
        .forEach(each -> images.put(Json.text(each, "name"), Json.text(each, "image")));
    return images;
  }

  private static Container container(JsonNode status, String prefix, Map<String, String> images) {
    String label = Json.text(status, "name");
    String name = Json.text(status, "container");
    String imageId = Json.text(status, "imageID");
    String image = images.getOrDefault(label, "");
    return new Container(
        name.isEmpty() ? prefix + label : name, image.isEmpty() ? imageId : image, imageId, status);
  }

  /**
   * A container of a pod.
   *
   * @param image as the Task names it, else with its digest
   * @param of the step or the sidecar in the status of the TaskRun
   */
  private record Container(String name, String image, String imageId, JsonNode of) {

    private static final List<String> STATES = List.of("terminated", "running", "waiting");

    boolean hasFailed() {
      return of.path("terminated").path("exitCode").asInt(0) != 0;
    }

    ObjectNode status() {
      boolean running = of.path("running").isObject();
      ObjectNode status = JsonNodeFactory.instance.objectNode();
      status.put("name", name).put("image", image).put("imageID", imageId);
      String id = Json.text(of, "terminated", "containerID");
      if (!id.isEmpty()) {
        status.put("containerID", id);
      }
      status.put("ready", running).put("restartCount", 0);
      status.put("started", running);
      ObjectNode state = status.putObject("state");
      STATES.stream()
          .filter(each -> of.path(each).isObject())
          .findFirst()
          .ifPresent(each -> state.set(each, of.path(each)));
      return status;
    }
  }
}
