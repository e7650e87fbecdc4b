// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

/** An answer is longer than the backend accepts: ask for less of it. */
public final class AnswerTooLongException extends Exception {

  private static final long serialVersionUID = 1L;

  private final long limit;

  AnswerTooLongException(String asked, long limit) {
    super(asked + ": the answer is longer than " + limit + " bytes");
    this.limit = limit;
  }

  /** The length, decompressed, that was exceeded. */
  public long limit() {
    return limit;
  }
}
