// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

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

  /** The second form is how the aggregation layer of a cluster hands paths on. */
  Pattern FACE = Pattern.compile("/(?:apis/[^/]+/[^/]+/)?kube(?:/(.*))?");

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

    /** Whether it is the log of a pod. */
    boolean isPodLog() {
      return group.isEmpty()
          && version.equals("v1")
          && !namespace.isEmpty()
          && resource.equals("pods")
          && subresource.equals("log");
    }
  }

  /** Anything else. */
  record Unknown() implements KubePath {}

  /** Whether a path is one of this face. */
  static boolean isKube(String rawPath) {
    return FACE.matcher(rawPath).matches();
  }

  /**
   * Reads a path.
   *
   * @param rawPath one of this face, as it was sent
   * @throws io.logbridge.adapter.error.RequestException if it cannot be decoded
   */
  static KubePath of(String rawPath) {
    Matcher face = FACE.matcher(rawPath);
    if (!face.matches() || face.group(1) == null) {
      return new Unknown();
    }
    List<String> segments = RequestPath.segments("/" + face.group(1));
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
