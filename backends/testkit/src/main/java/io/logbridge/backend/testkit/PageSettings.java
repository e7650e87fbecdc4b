// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

/**
 * How large the pages of a backend are to be.
 *
 * @param first how many entries its first request of a reader asks for, at most
 * @param max how many entries a later request asks for, at most
 * @param maxBytes how much text a page holds, in UTF-8; a page ends with the entry that reaches it
 */
public record PageSettings(int first, int max, int maxBytes) {

  private static final int MAX_BYTES = 8 << 20;

  public PageSettings {
    if (first < 1 || max < first || maxBytes < 1) {
      throw new IllegalArgumentException(
          "first, max, maxBytes: "
              + first
              + ", "
              + max
              + ", "
              + maxBytes
              + " (expected: 1 <= first <= max, 1 <= maxBytes)");
    }
  }

  /** Pages of one size. */
  public static PageSettings of(int entries) {
    return of(entries, entries);
  }

  /** Pages that grow. */
  public static PageSettings of(int first, int max) {
    return new PageSettings(first, max, MAX_BYTES);
  }
}
