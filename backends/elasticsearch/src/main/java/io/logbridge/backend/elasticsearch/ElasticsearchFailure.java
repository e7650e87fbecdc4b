// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogBackendException;

/**
 * A request that failed, with what a reader can do about it. Inside this package only: whoever
 * cannot mend it throws {@link #toLogBackendException()}.
 */
final class ElasticsearchFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** Failures that a reader mends by asking otherwise, and the rest. */
  enum Kind {
    /** The point in time is gone: expired, or its node restarted. */
    POINT_IN_TIME_GONE,
    /** The answer is longer than we accept. */
    ANSWER_TOO_LONG,
    /** The page has more lines than the index allows. */
    PAGE_TOO_LARGE,
    /** The store has not the memory for this page. */
    CIRCUIT_BREAKER,
    /** The index keeps no sequence numbers to sort by. */
    NO_SEQUENCE_NUMBERS,
    /** A document has nothing that the settings call a message: it has to be read whole. */
    NO_MESSAGE,
    /** An index that the request names does not exist. */
    INDEX_MISSING,
    /** Whatever asking otherwise does not mend. */
    OTHER,
  }

  private final Kind kind;
  private final String detail;
  private final LogBackendException failure;

  /**
   * @param detail the index for {@link Kind#INDEX_MISSING}, the limit for {@link
   *     Kind#PAGE_TOO_LARGE}, else empty
   */
  ElasticsearchFailure(Kind kind, String detail, LogBackendException failure) {
    super(failure.getMessage(), failure);
    this.kind = kind;
    this.detail = detail;
    this.failure = failure;
  }

  static ElasticsearchFailure other(LogBackendException.Reason reason, String message) {
    return new ElasticsearchFailure(Kind.OTHER, "", new LogBackendException(reason, message));
  }

  Kind kind() {
    return kind;
  }

  String detail() {
    return detail;
  }

  LogBackendException toLogBackendException() {
    return failure;
  }
}
