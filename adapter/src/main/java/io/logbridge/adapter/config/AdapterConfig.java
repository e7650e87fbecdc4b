// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.DashboardConfig;
import io.logbridge.adapter.guard.GuardConfig;
import io.logbridge.adapter.kube.KubeConfig;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.stream.LogSettings;
import io.logbridge.backend.LogBackend;
import java.util.Set;

/**
 * The whole configuration of a server.
 *
 * @param unused settings of Tekton Results, by name, that are set around this server and have no
 *     effect here
 * @param backend where logs are; belongs to whoever starts the server
 */
public record AdapterConfig(
    ServerConfig server,
    AuthConfig auth,
    DatabaseConfig database,
    LogSettings logs,
    GuardConfig guard,
    DashboardConfig dashboard,
    KubeConfig kube,
    Set<String> unused,
    LogBackend backend) {

  /** Whether there is a log store; a server without one serves records only. */
  public boolean hasLogStore() {
    return !backend.type().equals(NoLogStore.TYPE);
  }
}
