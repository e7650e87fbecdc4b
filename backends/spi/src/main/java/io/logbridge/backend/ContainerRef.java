// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container of a pod. Every part is checked against the syntax that Kubernetes gives it, so that
 * none can smuggle anything into a query.
 *
 * @param namespace a DNS-1123 label
 * @param pod a DNS-1123 subdomain
 * @param podUid a UUID, or {@code null} if it is not known
 * @param container a DNS-1123 label
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
 *     names</a>
 */
public record ContainerRef(
    String namespace, String pod, @Nullable String podUid, String container) {

  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
  private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int MAX_SUBDOMAIN = 253;

  public ContainerRef {
    check("namespace", namespace, DNS_LABEL, "a DNS-1123 label");
    check("pod", pod, DNS_SUBDOMAIN, "a DNS-1123 subdomain of at most 253 characters");
    check("container", container, DNS_LABEL, "a DNS-1123 label");
    if (podUid != null) {
      check("podUid", podUid, UUID, "a UUID");
    }
  }

  private static void check(String part, String value, Pattern pattern, String expected) {
    if (value.length() > MAX_SUBDOMAIN || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(part + ": \"" + value + "\" (expected: " + expected + ")");
    }
  }
}
