// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.ArchivedObject;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Archived runs as {@code tekton.dev/v1} has them. What was archived as {@code v1beta1} is put
 * where {@code v1} has it, as far as clients read it.
 *
 * @see <a
 *     href="https://github.com/tektoncd/pipeline/blob/main/docs/migrating-v1beta1-to-v1.md">Migrating
 *     from v1beta1 to v1</a>
 */
final class Runs {

  private Runs() {}

  static List<ObjectNode> taskRuns(ArchivedObject archived) {
    return isShown(archived) ? List.of(taskRun(archived)) : List.of();
  }

  static List<ObjectNode> pipelineRuns(ArchivedObject archived) {
    return isShown(archived) ? List.of(pipelineRun(archived)) : List.of();
  }

  private static boolean isShown(ArchivedObject archived) {
    return Metadata.isOf(archived.data(), archived.namespace());
  }

  private static ObjectNode taskRun(ArchivedObject archived) {
    ObjectNode run = run(KubeResource.TASKRUNS, archived);
    if (run.get("status") instanceof ObjectNode status) {
      Json.move(status, "taskResults", status, "results");
      Json.elements(status.path("retriesStatus"))
          .filter(ObjectNode.class::isInstance)
          .map(ObjectNode.class::cast)
          .forEach(attempt -> Json.move(attempt, "taskResults", attempt, "results"));
    }
    return run;
  }

  private static ObjectNode pipelineRun(ArchivedObject archived) {
    ObjectNode run = run(KubeResource.PIPELINERUNS, archived);
    if (run.get("spec") instanceof ObjectNode spec) {
      modernise(spec);
    }
    if (run.get("status") instanceof ObjectNode status) {
      Json.move(status, "pipelineResults", status, "results");
      childReferences(status);
    }
    return run;
  }

  private static ObjectNode run(KubeResource resource, ArchivedObject archived) {
    ObjectNode run = archived.data();
    run.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
    Metadata.place(run, archived);
    return run;
  }

  private static void modernise(ObjectNode spec) {
    for (String field : new String[] {"serviceAccountName", "podTemplate"}) {
      if (spec.has(field)) {
        Json.move(spec, field, Json.object(spec, "taskRunTemplate"), field);
      }
    }
    if (spec.has("timeout")) {
      Json.move(spec, "timeout", Json.object(spec, "timeouts"), "pipeline");
    }
    Json.elements(spec.path("taskRunSpecs"))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .forEach(task -> {
          Json.move(task, "taskServiceAccountName", task, "serviceAccountName");
          Json.move(task, "taskPodTemplate", task, "podTemplate");
        });
  }

  /**
   * Before Tekton Pipelines 0.45 the statuses of the TaskRuns were in that of their PipelineRun.
   */
  private static void childReferences(ObjectNode status) {
    JsonNode embedded = status.path("taskRuns");
    if (!embedded.isObject() || status.has("childReferences")) {
      return;
    }
    ArrayNode references = status.putArray("childReferences");
    for (Map.Entry<String, JsonNode> child : embedded.properties()) {
      references
          .addObject()
          .put("apiVersion", KubeResource.TASKRUNS.apiVersion())
          .put("kind", KubeResource.TASKRUNS.kind())
          .put("name", child.getKey())
          .put("pipelineTaskName", Json.text(child.getValue(), "pipelineTaskName"));
    }
  }
}
