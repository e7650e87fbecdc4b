// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

/**
 * What a stream of bytes is compared by.
 *
 * @param bytes how many they are
 * @param crc their CRC-32C
 */
record Checksum(long bytes, long crc) {

  /**
   * @throws IllegalStateException if this is another one
   */
  void verify(Checksum expected) {
    if (!equals(expected)) {
      throw new IllegalStateException("received: " + this + " (expected: " + expected + ")");
    }
  }
}
