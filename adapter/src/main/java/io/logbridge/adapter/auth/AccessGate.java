// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.backend.Deadline;

/**
 * Decides whether a request may do what it asks for. Faces ask after they have checked the names of
 * the request and before anything is looked up, so that nobody learns what exists from how they are
 * refused.
 *
 * <p>Safe for use by many threads. May block until the deadline.
 */
public interface AccessGate extends AutoCloseable {

  /**
   * Lets a request pass, or refuses it.
   *
   * @param headers of the request, with its credentials
   * @param what it asks for
   * @param deadline of the call
   * @return who asks
   * @throws RequestException {@code UNAUTHENTICATED} without a valid credential, {@code
   *     PERMISSION_DENIED} if its owner may not, {@code UNAVAILABLE} or {@code DEADLINE_EXCEEDED}
   *     if that could not be found out
   */
  Caller check(RequestHeaders headers, Permission what, Deadline deadline);

  /** Ends what the gate holds open; nothing, unless a gate says otherwise. */
  @Override
  default void close() {}
}
