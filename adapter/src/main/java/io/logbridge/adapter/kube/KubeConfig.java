// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

/**
 * How kubectl and tkn are served.
 *
 * @param enabled whether they are
 */
public record KubeConfig(boolean enabled) {}
