// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;

/** A part of a filter that cannot be translated; becomes a refusal that says where it stands. */
final class FilterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private FilterException(String message) {
    super(message, null, false, false);
  }

  /** What is refused, in words that go between "unsupported CEL" and the position. */
  static FilterException unsupported(String what) {
    return new FilterException(what);
  }

  /** The refusal of a value that the filter names. */
  static RequestException invalid(String function, String value, String expected) {
    return RequestException.invalid("filter: " + function, value, expected);
  }

  RequestException at(int line, int column) {
    return new RequestException(
        Code.INVALID_ARGUMENT,
        "unsupported CEL " + getMessage() + " statement at line " + line + ", column " + column);
  }
}
