// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only way in which a backend fails.
 *
 * <p>The message is for the user of the log: it says what went wrong and with what, and holds
 * neither a credential nor a store's response body.
 */
public final class LogBackendException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of failure it is: decides the status, the retry and the breaker's outcome. */
  public enum Reason {
    /** The store cannot be reached, or says that it cannot serve now: refused, reset, 5xx. */
    UNAVAILABLE,
    /** The deadline passed before the store answered. */
    TIMED_OUT,
    /** The store asks for fewer requests: 429, a full queue, a quota. */
    THROTTLED,
    /** The store refuses our credentials, or they do not reach as far as the query. */
    ACCESS_DENIED,
    /** The store does not let the caller of the query read this. */
    CALLER_DENIED,
    /** The store refuses a query that we made. */
    BAD_QUERY,
    /** The store's answer cannot be understood, or contradicts itself. */
    MALFORMED,
    /** The store cannot give all entries, or not in order. */
    INCOMPLETE,
    /** The store has no place where this log could be: no such index, no such tenant. */
    NOT_FOUND,
    /** Our settings name something that the store does not know: a label, a field. */
    MISCONFIGURED,
  }

  private final Reason reason;
  private final transient @Nullable Duration retryAfter;

  public LogBackendException(Reason reason, String message) {
    this(reason, message, null, null);
  }

  public LogBackendException(Reason reason, String message, @Nullable Throwable cause) {
    this(reason, message, null, cause);
  }

  /**
   * A failure of which the store said when to try again.
   *
   * @param retryAfter how long from now, or {@code null} if the store did not say
   */
  public LogBackendException(
      Reason reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  public Reason reason() {
    return reason;
  }

  /** How long to wait before trying again, if the store said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
