// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

/** What the faces say about a log beside its text. */
final class LogResponses {

  /**
   * Trailing metadata in gRPC, a header in HTTP: {@code false} if lines may still be on their way
   * to the store; absent if the log is final.
   */
  static final String SETTLED = "logbridge-settled";

  /**
   * Trailing metadata in gRPC; in HTTP a header of a log that is empty: why it may not be all that
   * there was.
   */
  static final String WARNING = "logbridge-warning";

  private LogResponses() {}
}
