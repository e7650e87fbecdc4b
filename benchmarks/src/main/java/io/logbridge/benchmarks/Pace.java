// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

/**
 * How fast a client reads.
 *
 * @param bytesPerSecond at most
 * @param haltAfter how many bytes it takes until it stops, to be told to go on
 */
record Pace(long bytesPerSecond, long haltAfter) {

  static final Pace FULL = new Pace(Long.MAX_VALUE, Long.MAX_VALUE);

  /** Takes one message and no more for now. */
  static final Pace HALTED = haltedAfter(1);

  static Pace bytesPerSecond(long bytes) {
    return new Pace(bytes, Long.MAX_VALUE);
  }

  static Pace haltedAfter(long bytes) {
    return new Pace(Long.MAX_VALUE, bytes);
  }

  boolean isFull() {
    return bytesPerSecond == Long.MAX_VALUE;
  }
}
