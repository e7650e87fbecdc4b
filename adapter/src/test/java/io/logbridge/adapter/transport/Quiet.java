// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Waits for something to stop moving. */
final class Quiet {

  private Quiet() {}

  static void await(AtomicLong counter, Duration quiet) {
    long[] last = {-1, System.nanoTime()};
    Awaitility.await()
        .atMost(Duration.ofSeconds(TestStream.CEILING_SECONDS))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          if (counter.get() != last[0]) {
            last[0] = counter.get();
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > quiet.toNanos();
        });
  }
}
