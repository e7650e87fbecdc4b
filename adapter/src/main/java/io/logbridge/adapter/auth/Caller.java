// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

/**
 * Who asks.
 *
 * @param user the name by which the cluster knows them; empty where nobody has to say who they are
 */
public record Caller(String user) {

  /** Somebody who did not have to say who they are. */
  static final Caller ANYBODY = new Caller("");
}
