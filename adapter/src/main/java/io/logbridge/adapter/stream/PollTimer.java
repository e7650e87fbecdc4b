// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says when to look again; a seam for tests, which do not wait. */
@FunctionalInterface
public interface PollTimer {

  /**
   * Blocks the thread until the next look is due.
   *
   * @throws InterruptedException if it is interrupted meanwhile
   */
  void await() throws InterruptedException;

  /** Waits for real. */
  static PollTimer every(Duration interval) {
    CountDownLatch never = new CountDownLatch(1);
    return () -> {
      boolean _ = never.await(interval.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
