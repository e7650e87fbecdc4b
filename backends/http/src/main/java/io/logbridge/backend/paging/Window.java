// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.paging;

import io.logbridge.backend.TimeRange;
import java.time.Instant;

/**
 * A half-open window of time in nanoseconds since 1970, cut to the years that a {@code long} of
 * them can tell, 1970 to 2262.
 *
 * @param start inclusive
 * @param end exclusive
 */
public record Window(long start, long end) {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** The last whole millisecond that has room for all its nanoseconds. */
  private static final long MAX = Long.MAX_VALUE / NANOS_PER_MILLI * NANOS_PER_MILLI;

  /** What of a window a {@code long} can tell. */
  public static Window of(TimeRange range) {
    Instant end = range.end();
    return new Window(nanos(range.start()), end == null ? MAX : nanos(end));
  }

  /** Whether a moment, in nanoseconds since 1970, lies in it. */
  public boolean contains(long nanos) {
    return start <= nanos && nanos < end;
  }

  /** Whether no moment lies in it. */
  public boolean isEmpty() {
    return start >= end;
  }

  /** The first millisecond that overlaps this window. */
  public long firstMilli() {
    return milli(start);
  }

  /** The first millisecond that lies wholly behind this window. */
  public long milliBehind() {
    return Math.ceilDiv(end, NANOS_PER_MILLI);
  }

  /** The millisecond that holds a moment. */
  public static long milli(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  /** The first nanosecond of the millisecond that holds a moment. */
  public static long floorToMilli(long nanos) {
    return milli(nanos) * NANOS_PER_MILLI;
  }

  /** The last nanosecond of the millisecond that holds a moment. */
  public static long lastOfMilli(long nanos) {
    return floorToMilli(nanos) + NANOS_PER_MILLI - 1;
  }

  /** The moment that is so many nanoseconds behind 1970. */
  public static Instant instant(long nanos) {
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
