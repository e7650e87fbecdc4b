// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.error;

import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered, and why. The message is for the client: it names the offending
 * value and what was expected.
 */
public final class RequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kind of refusal; each has one gRPC status and one HTTP status. */
  public enum Code {
    INVALID_ARGUMENT,
    /** The caller has not proved who they are; the Results API says it of forbidden calls too. */
    UNAUTHENTICATED,
    PERMISSION_DENIED,
    NOT_FOUND,
    ALREADY_EXISTS,
    FAILED_PRECONDITION,
    RESOURCE_EXHAUSTED,
    UNIMPLEMENTED,
    /** The database does not answer. */
    UNAVAILABLE,
    DEADLINE_EXCEEDED,
    DATA_LOSS,
    /** The database refuses a statement of ours; the client can do nothing about it. */
    INTERNAL,
  }

  private final Code code;

  public RequestException(Code code, String message) {
    this(code, message, null);
  }

  public RequestException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A value that is not what it has to be. */
  public static RequestException invalid(String what, String value, String expected) {
    return new RequestException(
        Code.INVALID_ARGUMENT, what + ": \"" + value + "\" (expected: " + expected + ")");
  }

  public Code code() {
    return code;
  }
}
