// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

/** Numbers that look random and are always the same. */
final class Mix {

  private Mix() {}

  /**
   * A number made of an index.
   *
   * @see <a href="https://doi.org/10.1145/2714064.2660195">SplitMix64</a>
   */
  static long of(long index) {
    long mixed = index * 0x9E3779B97F4A7C15L + 0x2545F4914F6CDD1DL;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** A number from 0 to {@code bound - 1} made of an index. */
  static int of(long index, int bound) {
    return (int) Math.floorMod(of(index), (long) bound);
  }
}
