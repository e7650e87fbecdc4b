// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;

/**
 * What the statuses of HTTP mean, for a store that says nothing better. Messages hold the status,
 * never the body: that quotes queries and lines.
 */
public final class Refusals {

  private static final int SERVER_ERROR = 500;

  private Refusals() {}

  /** The failure that an answer stands for whose status is not one of success. */
  public static LogBackendException of(StoreAnswer answer) {
    return of(answer, answer.asked() + ": status " + answer.status());
  }

  /** The same with a message that says more. */
  public static LogBackendException of(StoreAnswer answer, String message) {
    return new LogBackendException(reason(answer.status()), message, answer.retryAfter(), null);
  }

  private static Reason reason(int status) {
    return switch (status) {
      case 401, 403 -> Reason.ACCESS_DENIED;
      case 408 -> Reason.TIMED_OUT;
      case 429 -> Reason.THROTTLED;
      case 400, 404, 405, 406, 413, 414, 415, 431 -> Reason.BAD_QUERY;
      default -> status >= SERVER_ERROR ? Reason.UNAVAILABLE : Reason.MALFORMED;
    };
  }
}
