// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.logbridge.adapter.auth.AccessGate;
import io.logbridge.adapter.auth.Caller;
import io.logbridge.adapter.auth.Permission;
import io.logbridge.adapter.auth.RequestHeaders;
import io.logbridge.adapter.kube.KubePath.Objects;
import io.logbridge.backend.Deadline;

/**
 * The gate as this face uses it: who may read something in the cluster may read what is archived of
 * it. Safe for use by many threads.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb">Request
 *     verbs</a>
 */
final class KubeAccess {

  private final AccessGate gate;

  KubeAccess(AccessGate gate) {
    this.gate = gate;
  }

  /**
   * Lets a request pass, or refuses it.
   *
   * @param verb {@code get}, {@code list} or {@code watch}
   * @return who asks
   * @throws io.logbridge.adapter.error.RequestException if the request is refused, or that could
   *     not be found out
   */
  Caller check(RequestHeaders headers, String verb, Objects asked, Deadline deadline) {
    Objects what = asked.inCluster();
    return gate.check(
        headers,
        new Permission(
            what.group(), what.resource(), what.subresource(), verb, what.namespace(), what.name()),
        deadline);
  }
}
