// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.adapter.auth.AuthConfig.Kubernetes;
import io.logbridge.adapter.error.RequestException;
import java.util.List;
import java.util.Map;

/** Asks a cluster what a server asks it for each caller, about somebody who does not exist. */
public final class ClusterCheck {

  private static final String NOBODY = "logbridge:check";

  private ClusterCheck() {}

  /**
   * Asks whether a token that is nobody's is somebody's, and whether nobody may read logs.
   *
   * @throws RequestException if the cluster does not say; its cause says why
   */
  public static void run(Kubernetes config) {
    try (Reviews reviews =
        new KubernetesReviews(
            KubernetesClients.create(config.api()), config.api(), config.audiences())) {
      reviews.authenticate(NOBODY);
      reviews.isAllowed(
          new Identity(NOBODY, "", List.of(), Map.of()),
          new Permission("results.tekton.dev", "logs", "", "get", "default", ""));
    }
  }
}
