// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import org.jspecify.annotations.Nullable;

/**
 * How the Tekton Dashboard is served.
 *
 * @param enabled whether it is
 * @param credentials that it may use; {@code null} if it needs none
 * @param unknownPods whether logs of pods are served that no record knows
 */
public record DashboardConfig(
    boolean enabled, @Nullable BasicCredentials credentials, boolean unknownPods) {}
