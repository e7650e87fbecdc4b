// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.TimeRange;
import java.time.Instant;

/**
 * A half-open window of time in nanoseconds since 1970, cut to the years that Elasticsearch can
 * sort to the nanosecond, 1970 to 2262.
 *
 * @param start inclusive
 * @param end exclusive
 */
record Window(long start, long end) {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** The last whole millisecond that has room for all its nanoseconds. */
  private static final long MAX = Long.MAX_VALUE / NANOS_PER_MILLI * NANOS_PER_MILLI;

  static Window of(TimeRange range) {
    Instant end = range.end();
    return new Window(nanos(range.start()), end == null ? MAX : nanos(end));
  }

  boolean contains(long nanos) {
    return start <= nanos && nanos < end;
  }

  boolean isEmpty() {
    return start >= end;
  }

  /** The first millisecond that overlaps this window. */
  long firstMilli() {
    return milli(start);
  }

  /** The first millisecond that lies wholly behind this window. */
  long milliBehind() {
    return Math.ceilDiv(end, NANOS_PER_MILLI);
  }

  /** The millisecond that holds a moment. */
  static long milli(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  /** The first nanosecond of the millisecond that holds a moment. */
  static long floorToMilli(long nanos) {
    return milli(nanos) * NANOS_PER_MILLI;
  }

  /** The last nanosecond of the millisecond that holds a moment. */
  static long lastOfMilli(long nanos) {
    return floorToMilli(nanos) + NANOS_PER_MILLI - 1;
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  private static long nanos(Instant instant) {
    if (instant.getEpochSecond() < 0) {
      return 0;
    }
    if (instant.getEpochSecond() >= MAX / NANOS_PER_SECOND) {
      return MAX;
    }
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }
}
