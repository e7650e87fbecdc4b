// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Says what is done, and when. Safe for use by many threads. */
final class Progress {

  private final Consumer<String> out;
  private final long start = System.nanoTime();

  Progress(Consumer<String> out) {
    this.out = out;
  }

  /** Reports that something has been done. */
  synchronized void done(String what) {
    out.accept(String.format(Locale.ROOT, "%5.1f s  %s", elapsed().toMillis() / 1000.0, what));
  }

  /** Since the beginning. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
