// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.backend.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code auth}: who has to say who they are, and who is asked whether they may. */
public sealed interface AuthConfig {

  /** Everybody may do everything. */
  record None() implements AuthConfig {}

  /**
   * A Kubernetes cluster knows the callers and what they may.
   *
   * @param api the cluster
   * @param impersonation whether a caller who may impersonate others can do so here
   * @param audiences for which a token has to be made out, one of them; empty for those of the
   *     cluster's API
   * @param cache how long answers of the cluster are believed
   * @param requestHeader the proxies whose word for who asks is taken
   */
  record Kubernetes(
      KubernetesApi api,
      boolean impersonation,
      List<String> audiences,
      Cache cache,
      RequestHeaderConfig requestHeader)
      implements AuthConfig {}

  /**
   * The API of a cluster.
   *
   * @param url {@code null} to find it as client programs do: the pod's service account, or {@code
   *     KUBECONFIG}. The certificate authority and the token are then found there too
   * @param caFile the certificates that are trusted, in PEM; {@code null} for the platform's
   * @param token by which we are known there; {@code null} for none
   * @param requestTimeout how long one decision may take
   * @param concurrentRequests how many requests are under way at once
   */
  record KubernetesApi(
      @Nullable String url,
      @Nullable Path caFile,
      @Nullable Secret token,
      Duration requestTimeout,
      int concurrentRequests) {}

  /**
   * How long answers are believed.
   *
   * @param allowedFor after a token was found valid, or a permission was granted. What is revoked
   *     works on for up to this long
   * @param refusedFor after a token was found invalid, or a permission was refused
   * @param entries how many answers are kept: so many of tokens, and so many of permissions
   */
  record Cache(Duration allowedFor, Duration refusedFor, int entries) {}
}
