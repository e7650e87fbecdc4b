// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

/**
 * Limits retries to a part of all reads, so that they cannot double the load of a store that fails.
 *
 * <p>The scheme is that of gRPC's retry throttling: each retry takes a token, each success gives a
 * part of one back.
 *
 * @see <a
 *     href="https://github.com/grpc/proposal/blob/master/A6-client-retries.md#throttling-retry-attempts-and-hedged-rpcs">gRFC
 *     A6</a>
 */
final class RetryBudget {

  private static final double MAX_TOKENS = 20;
  private static final double TOKENS_PER_SUCCESS = 0.2;

  private double tokens = MAX_TOKENS;

  /** Takes a token; says whether there was one. */
  synchronized boolean tryTake() {
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  synchronized void succeeded() {
    tokens = Math.min(MAX_TOKENS, tokens + TOKENS_PER_SUCCESS);
  }
}
