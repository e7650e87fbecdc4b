// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A half-open window of time.
 *
 * @param start inclusive
 * @param end exclusive; {@code null} for a window that is open at its end
 */
public record TimeRange(Instant start, @Nullable Instant end) {

  public TimeRange {
    if (end != null && end.isBefore(start)) {
      throw new IllegalArgumentException("end: " + end + " (expected: not before " + start + ")");
    }
  }

  /** The window that both windows share; empty, but never inverted, when they share nothing. */
  public TimeRange intersect(TimeRange other) {
    Instant laterStart = start.isAfter(other.start) ? start : other.start;
    Instant earlierEnd = end;
    if (earlierEnd == null || (other.end != null && other.end.isBefore(earlierEnd))) {
      earlierEnd = other.end;
    }
    if (earlierEnd != null && earlierEnd.isBefore(laterStart)) {
      earlierEnd = laterStart;
    }
    return new TimeRange(laterStart, earlierEnd);
  }

  /** Whether no instant lies in this window. */
  public boolean isEmpty() {
    return start.equals(end);
  }
}
