// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

/**
 * Something that somebody may be allowed to do, in the words of Kubernetes' {@code
 * ResourceAttributes}. What is not given is empty.
 *
 * @param group of the API; empty for the core group
 * @param resource in the plural: {@code pods}
 * @param subresource {@code log} in {@code pods/log}
 * @param namespace empty for all namespaces, or for what is in none
 * @param name empty for all
 */
public record Permission(
    String group, String resource, String subresource, String verb, String namespace, String name) {

  /** Of the core group: {@code core("get", "pods", "log", "ns", "hello-pod")}. */
  public static Permission core(
      String verb, String resource, String subresource, String namespace, String name) {
    return new Permission("", resource, subresource, verb, namespace, name);
  }

  /** As Kubernetes names it in its refusals. */
  @Override
  public String toString() {
    String full = subresource.isEmpty() ? resource : resource + "/" + subresource;
    String scope =
        namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
    return "%s resource \"%s\" in API group \"%s\" %s".formatted(verb, full, group, scope);
  }
}
