// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.backend.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param user the name by which the cluster knows them; empty where nobody has to say who they are
 * @param token that is theirs, for a store that is asked as them; {@code null} if they have none,
 *     or act as somebody else: that one's rights are not those of the token
 */
public record Caller(String user, @Nullable Secret token) {

  /** Somebody who did not have to say who they are, and did not. */
  static final Caller ANYBODY = new Caller("", null);
}
