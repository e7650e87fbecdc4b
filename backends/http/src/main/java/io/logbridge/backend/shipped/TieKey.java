// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import java.util.Comparator;

/**
 * What a shipper wrote that tells lines of one nanosecond apart.
 *
 * @param file within which the number grows; empty for a number of the whole collector
 * @param number the line's sequence number, or its offset in the file
 */
public record TieKey(String file, long number) implements Comparable<TieKey> {

  private static final Comparator<TieKey> ORDER =
      Comparator.comparing(TieKey::file).thenComparingLong(TieKey::number);

  @Override
  public int compareTo(TieKey other) {
    return ORDER.compare(this, other);
  }
}
