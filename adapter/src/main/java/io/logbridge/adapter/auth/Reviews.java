// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.adapter.error.RequestException;
import java.util.Optional;

/** Whoever knows the callers. Safe for use by many threads; blocks. */
interface Reviews extends AutoCloseable {

  /**
   * Whose token this is.
   *
   * @return empty if it is nobody's
   * @throws RequestException {@code UNAVAILABLE} if that cannot be found out
   */
  Optional<Identity> authenticate(String token);

  /**
   * Whether somebody may do something.
   *
   * @throws RequestException {@code UNAVAILABLE} if that cannot be found out
   */
  boolean isAllowed(Identity who, Permission what);

  @Override
  void close();
}
