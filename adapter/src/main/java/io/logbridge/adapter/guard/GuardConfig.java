// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import java.time.Duration;

/**
 * How a log store is guarded.
 *
 * @param requestTimeout how long one page read may take
 * @param concurrentReads how many page reads run at once
 * @param maxWait how long a log that has not begun waits for its turn, or for memory
 * @param pageMemory bytes that the pages of all readers may take together
 * @param maxAttempts how often a read is tried, the first time included
 * @param backoff how long to wait before the second attempt; doubles each time, with jitter
 * @param maxBackoff the longest wait, also when the store itself asks for a longer one
 * @param breaker when to stop asking
 */
public record GuardConfig(
    Duration requestTimeout,
    int concurrentReads,
    Duration maxWait,
    int pageMemory,
    int maxAttempts,
    Duration backoff,
    Duration maxBackoff,
    BreakerConfig breaker) {

  /**
   * When to stop asking a store, and when to try again.
   *
   * @param window the time over which reads are counted
   * @param minimumReads how many reads the window must hold before their failures count
   * @param failureRate the percentage of failed reads that opens the breaker
   * @param openFor how long it stays open before some reads are let through as a trial
   */
  public record BreakerConfig(
      Duration window, int minimumReads, int failureRate, Duration openFor) {}
}
