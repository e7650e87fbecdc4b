// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.logbridge.adapter.kube.object.ArchiveApi;
import io.logbridge.adapter.kube.object.KubeResource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What there is, as clients find it out: group by group, or all in one answer. The same for
 * everybody.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api">Discovery</a>
 */
final class Discovery {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CORE = "";
  private static final String TEKTON = "tekton.dev";
  private static final String VERSION = "v1";

  /** Whose habits are followed; clients warn of servers that are much older or younger. */
  private static final String MINOR = "33";

  private Discovery() {}

  /** {@code /version}. */
  static ObjectNode version() {
    return JSON.createObjectNode()
        .put("major", "1")
        .put("minor", MINOR)
        .put("gitVersion", "v1." + MINOR + ".0-logbridge")
        .put("gitCommit", "")
        .put("gitTreeState", "")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "")
        .put("platform", "");
  }

  /** {@code /api}. */
  static ObjectNode coreVersions() {
    ObjectNode versions = JSON.createObjectNode().put("kind", "APIVersions");
    versions.putArray("versions").add(VERSION);
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  /** {@code /apis}. */
  static ObjectNode groups() {
    ObjectNode groups = JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    groups.putArray("groups").add(group(JSON.createObjectNode(), TEKTON, VERSION));
    return groups;
  }

  /** {@code /apis/tekton.dev}, {@code /apis/archive.logbridge.io}. */
  static Optional<ObjectNode> group(String name) {
    ObjectNode group = JSON.createObjectNode().put("kind", "APIGroup").put("apiVersion", "v1");
    return switch (name) {
      case TEKTON -> Optional.of(group(group, TEKTON, VERSION));
      case ArchiveApi.GROUP -> Optional.of(group(group, ArchiveApi.GROUP, ArchiveApi.VERSION));
      default -> Optional.empty();
    };
  }

  private static ObjectNode group(ObjectNode group, String name, String version) {
    group.put("name", name);
    version(group.putArray("versions").addObject(), name, version);
    version(group.putObject("preferredVersion"), name, version);
    return group;
  }

  private static void version(ObjectNode json, String group, String version) {
    json.put("groupVersion", group + "/" + version).put("version", version);
  }

  /**
   * {@code /apis/archive.logbridge.io/v1alpha1}. No short names and no categories: those are the
   * cluster's own resources there.
   */
  private static ObjectNode archive() {
    ObjectNode list =
        JSON.createObjectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", ArchiveApi.API_VERSION);
    ArrayNode resources = list.putArray("resources");
    for (KubeResource resource : ArchiveApi.RESOURCES) {
      texts(named(resource, resources.addObject()), "verbs", resource.verbs());
      if (resource.hasLog()) {
        log(resource, resources.addObject());
      }
    }
    return list;
  }

  /** {@code /api/v1}, {@code /apis/tekton.dev/v1}, {@code /apis/archive.logbridge.io/v1alpha1}. */
  static Optional<ObjectNode> resources(KubePath.Resources of) {
    if (of.group().equals(ArchiveApi.GROUP)) {
      return of.version().equals(ArchiveApi.VERSION) ? Optional.of(archive()) : Optional.empty();
    }
    if (resources(of.group()).isEmpty() || !of.version().equals(VERSION)) {
      return Optional.empty();
    }
    ObjectNode list =
        JSON.createObjectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", of.group().isEmpty() ? VERSION : of.group() + "/" + VERSION);
    ArrayNode resources = list.putArray("resources");
    for (KubeResource resource : resources(of.group())) {
      resource(resource, resources.addObject());
      if (resource == KubeResource.PODS) {
        log(resource, resources.addObject());
      }
    }
    return Optional.of(list);
  }

  private static List<KubeResource> resources(String group) {
    return Arrays.stream(KubeResource.values())
        .filter(resource -> resource.group().equals(group))
        .toList();
  }

  private static void resource(KubeResource resource, ObjectNode json) {
    texts(named(resource, json), "verbs", resource.verbs());
    texts(json, "shortNames", resource.shortNames());
    texts(json, "categories", resource.categories());
  }

  private static ObjectNode named(KubeResource resource, ObjectNode json) {
    return json.put("name", resource.plural())
        .put("singularName", resource.singular())
        .put("namespaced", resource.namespaced())
        .put("kind", resource.kind());
  }

  private static void log(KubeResource resource, ObjectNode json) {
    json.put("name", resource.plural() + "/log")
        .put("singularName", "")
        .put("namespaced", true)
        .put("kind", resource.kind());
    texts(json, "verbs", List.of("get"));
  }

  private static void texts(ObjectNode json, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(json.putArray(field)::add);
    }
  }

  /**
   * All groups of {@code /api} or {@code /apis} with their resources.
   *
   * @param form {@link Accepted#DISCOVERY} or its beta
   */
  static ObjectNode all(boolean core, Accepted form) {
    ObjectNode list =
        JSON.createObjectNode()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", form.apiVersion());
    list.putObject("metadata");
    ObjectNode group = list.putArray("items").addObject();
    group.putObject("metadata").put("name", core ? CORE : TEKTON);
    ObjectNode version = group.putArray("versions").addObject().put("version", VERSION);
    ArrayNode resources = version.putArray("resources");
    resources(core ? CORE : TEKTON)
        .forEach(resource -> discovered(resource, resources.addObject()));
    version.put("freshness", "Current");
    return list;
  }

  private static void discovered(KubeResource resource, ObjectNode json) {
    json.put("resource", resource.plural());
    kind(resource, json.putObject("responseKind"));
    json.put("scope", resource.namespaced() ? "Namespaced" : "Cluster")
        .put("singularResource", resource.singular());
    texts(json, "verbs", resource.verbs());
    texts(json, "shortNames", resource.shortNames());
    texts(json, "categories", resource.categories());
    if (resource == KubeResource.PODS) {
      ObjectNode log = json.putArray("subresources").addObject().put("subresource", "log");
      kind(resource, log.putObject("responseKind"));
      texts(log, "verbs", List.of("get"));
    }
  }

  private static void kind(KubeResource resource, ObjectNode json) {
    json.put("group", resource.group())
        .put("version", resource.version())
        .put("kind", resource.kind());
  }
}
