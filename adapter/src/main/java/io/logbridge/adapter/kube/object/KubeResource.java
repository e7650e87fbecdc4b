// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The resources of Kubernetes that an archive has; what discovery says of them. */
@SuppressWarnings("ImmutableEnumChecker") // its lists and sets are made by List.of and the like
public enum KubeResource {
  NAMESPACES(
      "", "namespaces", "Namespace", List.of("ns"), List.of(), false, Fields.of("status.phase")),
  PODS(
      "",
      "pods",
      "Pod",
      List.of("po"),
      List.of("all"),
      true,
      Fields.of(
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.schedulerName",
          "spec.serviceAccountName",
          "status.phase",
          "status.podIP",
          "status.nominatedNodeName")),
  EVENTS(
      "",
      "events",
      "Event",
      List.of("ev"),
      List.of(),
      true,
      Fields.of(
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "involvedObject.resourceVersion",
          "involvedObject.fieldPath",
          "reason",
          "reportingComponent",
          "source",
          "type")),
  TASKRUNS("tekton.dev", "taskruns", "TaskRun", List.of("tr", "trs"), Tekton.CATEGORIES, true),
  PIPELINERUNS(
      "tekton.dev", "pipelineruns", "PipelineRun", List.of("pr", "prs"), Tekton.CATEGORIES, true),
  PIPELINES("tekton.dev", "pipelines", "Pipeline", List.of(), Tekton.CATEGORIES, true);

  private final String group;
  private final String plural;
  private final String kind;
  private final List<String> shortNames;
  private final List<String> categories;
  private final boolean namespaced;
  private final Set<String> fieldSelectors;

  KubeResource(
      String group,
      String plural,
      String kind,
      List<String> shortNames,
      List<String> categories,
      boolean namespaced) {
    this(group, plural, kind, shortNames, categories, namespaced, Fields.of());
  }

  KubeResource(
      String group,
      String plural,
      String kind,
      List<String> shortNames,
      List<String> categories,
      boolean namespaced,
      Set<String> fieldSelectors) {
    this.group = group;
    this.plural = plural;
    this.kind = kind;
    this.shortNames = shortNames;
    this.categories = categories;
    this.namespaced = namespaced;
    this.fieldSelectors = fieldSelectors;
  }

  private static final class Tekton {
    static final List<String> CATEGORIES = List.of("tekton", "tekton-pipelines");
  }

  private static final class Fields {
    /** Those of all resources, and these. */
    static Set<String> of(String... own) {
      Set<String> fields = new LinkedHashSet<>(Arrays.asList(own));
      fields.add("metadata.name");
      fields.add("metadata.namespace");
      return Collections.unmodifiableSet(fields);
    }
  }

  /**
   * The resource in a path: {@code find("tekton.dev", "v1", "taskruns")}; the core group is "".
   * Those of {@link ArchiveApi} are the same ones.
   */
  public static Optional<KubeResource> find(String group, String version, String plural) {
    Predicate<KubeResource> isThere =
        group.equals(ArchiveApi.GROUP)
            ? resource ->
                ArchiveApi.RESOURCES.contains(resource) && version.equals(ArchiveApi.VERSION)
            : resource -> resource.group.equals(group) && resource.version().equals(version);
    return Arrays.stream(values())
        .filter(resource -> resource.plural.equals(plural))
        .filter(isThere)
        .findFirst();
  }

  /** Whether a log can be asked for by the name of such an object, in {@link ArchiveApi}. */
  public boolean hasLog() {
    return switch (this) {
      case PODS, TASKRUNS, PIPELINERUNS -> true;
      case NAMESPACES, EVENTS, PIPELINES -> false;
    };
  }

  /** Empty for the core group. */
  public String group() {
    return group;
  }

  public String version() {
    return "v1";
  }

  /** As objects have it: {@code v1}, {@code tekton.dev/v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version() : group + "/" + version();
  }

  public String kind() {
    return kind;
  }

  /** {@code TaskRunList}. */
  public String listKind() {
    return kind + "List";
  }

  /** As in paths: {@code taskruns}. */
  public String plural() {
    return plural;
  }

  /** {@code taskrun}. */
  public String singular() {
    return kind.toLowerCase(Locale.ROOT);
  }

  /** As errors name it: {@code pods}, {@code taskruns.tekton.dev}. */
  public String qualifiedName() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  public List<String> shortNames() {
    return shortNames;
  }

  public List<String> categories() {
    return categories;
  }

  public boolean namespaced() {
    return namespaced;
  }

  public List<String> verbs() {
    return List.of("get", "list", "watch");
  }

  /** The fields that a field selector may name. */
  public Set<String> fieldSelectors() {
    return fieldSelectors;
  }
}
