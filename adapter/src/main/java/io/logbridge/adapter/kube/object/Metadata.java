// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.ArchivedObject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is the same in the metadata of all objects. */
final class Metadata {

  /** Of the uids that we give; those of Kubernetes are of version 4. */
  static final int UID_VERSION = 3;

  private Metadata() {}

  /**
   * Whether an object is one of the namespace under which it was archived. Access is decided by the
   * latter, so what says that it is of another one is not shown.
   */
  static boolean isOf(JsonNode object, String namespace) {
    String own = Json.text(object, "metadata", "namespace");
    return !Json.text(object, "metadata", "name").isEmpty()
        && (own.isEmpty() || own.equals(namespace));
  }

  /** Gives an object its namespace and its version. */
  static ObjectNode place(ObjectNode object, ArchivedObject archived) {
    return Json.object(object, "metadata")
        .put("namespace", archived.namespace())
        .put("resourceVersion", ResourceVersion.of(archived).text());
  }

  /** A uid for an object that has none: always the same for the same name. */
  static String uid(KubeResource resource, JsonNode object) {
    return uid(
        resource,
        Json.text(object, "metadata", "namespace"),
        Json.text(object, "metadata", "name"));
  }

  static String uid(KubeResource resource, String namespace, String name) {
    String path = namespace + "/" + resource.qualifiedName() + "/" + name;
    return UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
