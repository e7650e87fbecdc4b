// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.logbridge.adapter.kube.object.ArchiveApi;
import io.logbridge.adapter.kube.object.KubeResource;
import io.logbridge.adapter.transcode.RequestPath;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path of the Kubernetes API names, as far as its shape says.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris">Resource
 *     URIs</a>
 */
sealed interface KubePath {

  /**
   * A cluster of its own. The second form is that of a subresource of {@link ArchiveApi}, by which
   * the API server of a real cluster leads there; what it calls {@code proxy} it lets run for long.
   */
  Pattern FACE =
      Pattern.compile(
          "/(?:kube|apis/"
              + Pattern.quote(ArchiveApi.API_VERSION)
              + "/clusters/archive/proxy)(?:/(.*))?");

  /** A group of a real cluster. */
  Pattern ARCHIVE = Pattern.compile("/apis/" + Pattern.quote(ArchiveApi.GROUP) + "(?:/.*)?");

  /** {@code /version}. */
  record Version() implements KubePath {}

  /** {@code /api}. */
  record CoreVersions() implements KubePath {}

  /** {@code /apis}. */
  record Groups() implements KubePath {}

  /** {@code /apis/tekton.dev}. */
  record Group(String group) implements KubePath {}

  /**
   * {@code /api/v1}, {@code /apis/tekton.dev/v1}.
   *
   * @param group empty for the core group
   */
  record Resources(String group, String version) implements KubePath {}

  /**
   * One object, or a list of them. What is not given is empty.
   *
   * @param group empty for the core group
   * @param namespace of a namespace, itself
   * @param resource in the plural
   * @param subresource {@code log} in {@code pods/log}
   */
  record Objects(
      String group,
      String version,
      String namespace,
      String resource,
      String name,
      String subresource)
      implements KubePath {

    /** Whether it is a log: of a pod, or in {@link ArchiveApi} of a run. */
    boolean isLog() {
      return !namespace.isEmpty()
          && !name.isEmpty()
          && subresource.equals("log")
          && KubeResource.find(group, version, resource)
              .filter(found -> found == KubeResource.PODS || (isArchive() && found.hasLog()))
              .isPresent();
    }

    /** Whether it is named as {@link ArchiveApi} does it. */
    boolean isArchive() {
      return group.equals(ArchiveApi.GROUP);
    }

    /**
     * What a cluster itself has of it, and decides who may read. A run's log is those of its pods.
     */
    Objects inCluster() {
      if (!isArchive()) {
        return this;
      }
      if (isLog()) {
        String pod = resource.equals(KubeResource.PODS.plural()) ? name : "";
        return new Objects(
            KubeResource.PODS.group(),
            KubeResource.PODS.version(),
            namespace,
            KubeResource.PODS.plural(),
            pod,
            subresource);
      }
      return KubeResource.find(group, version, resource)
          .map(found ->
              new Objects(found.group(), found.version(), namespace, resource, name, subresource))
          .orElse(this);
    }
  }

  /** Anything else. */
  record Unknown() implements KubePath {}

  /** Whether a path is one of this face. */
  static boolean isKube(String rawPath) {
    return FACE.matcher(rawPath).matches() || ARCHIVE.matcher(rawPath).matches();
  }

  /**
   * Reads a path.
   *
   * @param rawPath one of this face, as it was sent
   * @throws io.logbridge.adapter.error.RequestException if it cannot be decoded
   */
  static KubePath of(String rawPath) {
    Matcher face = FACE.matcher(rawPath);
    if (!face.matches()) {
      return below(rawPath);
    }
    KubePath path = face.group(1) == null ? new Unknown() : below("/" + face.group(1));
    return isArchive(path) ? new Unknown() : path; // of a real cluster, and of no other
  }

  private static boolean isArchive(KubePath path) {
    return switch (path) {
      case Group(String group) -> group.equals(ArchiveApi.GROUP);
      case Resources(String group, String _) -> group.equals(ArchiveApi.GROUP);
      case Objects what -> what.isArchive();
      case Version _, CoreVersions _, Groups _, Unknown _ -> false;
    };
  }

  private static KubePath below(String rawPath) {
    List<String> segments = RequestPath.segments(rawPath);
    if (segments.getLast().isEmpty()) { // a slash at the end, as Kubernetes permits
      segments = segments.subList(0, segments.size() - 1);
    }
    return segments.contains("") ? new Unknown() : of(segments);
  }

  private static KubePath of(List<String> segments) {
    if (segments.isEmpty()) {
      return new Unknown();
    }
    return switch (segments.getFirst()) {
      case "version" -> segments.size() == 1 ? new Version() : new Unknown();
      case "api" ->
          segments.size() == 1
              ? new CoreVersions()
              : of("", segments.get(1), segments.subList(2, segments.size()));
      case "apis" ->
          switch (segments.size()) {
            case 1 -> new Groups();
            case 2 -> new Group(segments.get(1));
            default -> of(segments.get(1), segments.get(2), segments.subList(3, segments.size()));
          };
      default -> new Unknown();
    };
  }

  private static KubePath of(String group, String version, List<String> rest) {
    if (rest.isEmpty()) {
      return new Resources(group, version);
    }
    if (!rest.getFirst().equals("namespaces")) {
      return objects(group, version, "", rest);
    }
    return switch (rest.size()) {
      case 1 -> new Objects(group, version, "", "namespaces", "", "");
      case 2 -> new Objects(group, version, rest.get(1), "namespaces", rest.get(1), "");
      default -> objects(group, version, rest.get(1), rest.subList(2, rest.size()));
    };
  }

  private static KubePath objects(
      String group, String version, String namespace, List<String> rest) {
    return rest.size() > 3
        ? new Unknown()
        : new Objects(
            group,
            version,
            namespace,
            rest.getFirst(),
            rest.size() > 1 ? rest.get(1) : "",
            rest.size() > 2 ? rest.get(2) : "");
  }
}
