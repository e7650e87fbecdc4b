// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

/**
 * How fast a client reads.
 *
 * @param bytesPerSecond at most
 * @param messages after which it stops until it is told to go on; 0 to read on
 */
record Pace(long bytesPerSecond, int messages) {

  static final Pace FULL = new Pace(Long.MAX_VALUE, 0);

  /** Takes one message and no more for now. */
  static final Pace HALTED = new Pace(Long.MAX_VALUE, 1);

  static Pace bytesPerSecond(long bytes) {
    return new Pace(bytes, 0);
  }

  boolean isFull() {
    return bytesPerSecond == Long.MAX_VALUE;
  }
}
