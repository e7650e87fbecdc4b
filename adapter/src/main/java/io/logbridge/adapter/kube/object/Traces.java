// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.ArchivedObject;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes objects of which the archive has but traces: namespaces and pipelines. */
final class Traces {

  private Traces() {}

  /** A namespace that has records; as old as the first of them. */
  static ObjectNode namespace(ArchivedObject archived) {
    String name = archived.namespace();
    ObjectNode namespace = object(KubeResource.NAMESPACES);
    ObjectNode metadata = namespace.putObject("metadata");
    metadata
        .put("name", name)
        .put("uid", Metadata.uid(KubeResource.NAMESPACES, "", name))
        .put("resourceVersion", ResourceVersion.of(archived).text())
        .put("creationTimestamp", Json.text(archived.updated()))
        .putObject("labels")
        .put("kubernetes.io/metadata.name", name);
    namespace.putObject("spec");
    namespace.putObject("status").put("phase", "Active");
    return namespace;
  }

  /** A pipeline as a run of it has seen it; as old as that run. */
  static ObjectNode pipeline(ArchivedObject run) {
    ObjectNode pipeline = object(KubeResource.PIPELINES);
    ObjectNode metadata = pipeline.putObject("metadata");
    metadata.put("name", Json.text(run.data(), "spec", "pipelineRef", "name"));
    Metadata.place(pipeline, run);
    metadata.put("uid", Metadata.uid(KubeResource.PIPELINES, pipeline));
    Json.copy(run.data().path("metadata"), metadata, "creationTimestamp");
    pipeline.set("spec", run.data().path("status").path("pipelineSpec"));
    return pipeline;
  }

  private static ObjectNode object(KubeResource resource) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiVersion", resource.apiVersion())
        .put("kind", resource.kind());
  }
}
