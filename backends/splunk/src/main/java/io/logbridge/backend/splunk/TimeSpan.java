// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.TimeRange;
import io.logbridge.backend.paging.Window;
import java.time.Instant;

/**
 * A half-open window of time in milliseconds since 1970: as finely as every Splunk cuts.
 *
 * @param start inclusive
 * @param end exclusive
 */
record TimeSpan(long start, long end) {

  /**
   * How far the time that Splunk files an event under may be from the one that its shipper wrote
   * into it: an indexer that keeps milliseconds rounds.
   */
  private static final long ROUNDING = 1;

  /** Whatever is later than this is not indexed: {@code MAX_DAYS_HENCE} is 2 by default. */
  private static final long HENCE = 2 * 86_400_000L;

  TimeSpan {
    if (end < start) {
      throw new IllegalArgumentException("end: " + end + " (expected: >= " + start + ")");
    }
  }

  /** The milliseconds that events of a window are filed under. */
  static TimeSpan around(TimeRange range, Instant now) {
    Window window = Window.of(range);
    long start = Math.max(0, window.firstMilli() - ROUNDING);
    long end = range.end() == null ? now.toEpochMilli() + HENCE : window.milliBehind() + ROUNDING;
    return new TimeSpan(start, Math.max(start, end));
  }

  long length() {
    return end - start;
  }

  /** Whether it can be cut into windows that are not empty. */
  boolean isDivisible() {
    return length() > 1;
  }

  /** A moment in seconds since 1970, as Splunk takes it. */
  static String seconds(long millis) {
    long rest = millis % 1000;
    return millis / 1000 + "." + (rest < 100 ? rest < 10 ? "00" : "0" : "") + rest;
  }
}
