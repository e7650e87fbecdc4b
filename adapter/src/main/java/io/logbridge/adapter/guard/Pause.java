// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a while; a seam for tests, which do not. */
@FunctionalInterface
interface Pause {

  /**
   * Blocks the thread.
   *
   * @throws InterruptedException if it is interrupted meanwhile
   */
  void await(Duration duration) throws InterruptedException;

  /** Waits for real. */
  static Pause real() {
    CountDownLatch never = new CountDownLatch(1);
    return duration -> {
      boolean _ = never.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
