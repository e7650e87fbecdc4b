// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.function.Supplier;

/** What requests are refused with, in the words of Tekton Results, whose clients know them. */
final class Refusals {

  private Refusals() {}

  /**
   * Some methods of Tekton Results put a status into the message of another, and that text is all
   * that its clients have ever seen.
   */
  static <T> T wrapped(Supplier<T> check) {
    return prefixed("rpc error: code = InvalidArgument desc = ", check);
  }

  /** Another beginning of the text that says what is wrong. */
  static <T> T prefixed(String prefix, Supplier<T> check) {
    try {
      return check.get();
    } catch (RequestException e) {
      throw e.code() == Code.INVALID_ARGUMENT
          ? new RequestException(e.code(), prefix + e.getMessage(), e)
          : e;
    }
  }

  /** Another text for what is not there. */
  static <T> T withNotFound(String message, Supplier<T> action) {
    try {
      return action.get();
    } catch (RequestException e) {
      throw e.code() == Code.NOT_FOUND ? new RequestException(e.code(), message, e) : e;
    }
  }

  static void unlessParent(String parent) {
    if (parent.isEmpty()) {
      throw invalid("parent missing");
    }
  }

  static void unlessSameParent(String requested, String ofName) {
    if (!requested.equals(ofName)) {
      throw invalid("requested parent does not match resource name");
    }
  }

  /** An empty etag expects nothing. */
  static void unlessEtag(String expected, String stored) {
    if (!expected.isEmpty() && !expected.equals(stored)) {
      throw new RequestException(Code.FAILED_PRECONDITION, "the etag mismatches");
    }
  }

  static RequestException invalid(String message) {
    return new RequestException(Code.INVALID_ARGUMENT, message);
  }
}
