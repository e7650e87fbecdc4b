// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Exception;
import java.time.Duration;

/**
 * Bounds the resets of one connection, in place of Helidon's own check (D2), which takes each
 * cancelled gRPC call for an attack and ends the connection after 50. A peer that opens and resets
 * streams at full speed passes this bound too, and is then cut off; a client that gives up a
 * thousand downloads at once does not.
 *
 * <p>For one thread, the connection's.
 */
final class ResetBudget {

  /** The span in which resets are counted. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  private final int limit;
  private int spent;
  private long windowStart = System.nanoTime();

  ResetBudget(int limit) {
    this.limit = limit;
  }

  /**
   * Counts one stream that was reset.
   *
   * @throws Http2Exception with ENHANCE_YOUR_CALM when there are too many, which makes Helidon send
   *     GOAWAY and close
   */
  void spend() {
    long now = System.nanoTime();
    if (now - windowStart > WINDOW.toNanos()) {
      windowStart = now;
      spent = 0;
    }
    if (++spent > limit) {
      throw new Http2Exception(
          Http2ErrorCode.ENHANCE_YOUR_CALM,
          "streams reset: " + spent + " (expected: <= " + limit + " within " + WINDOW + ")");
    }
  }
}
