// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import io.logbridge.demo.history.Container.Span;
import java.time.Instant;

/**
 * A container that writes faster than a millisecond, or even a nanosecond, can tell: the store
 * sorts all its lines as if they were written at three moments.
 */
final class EventStorm {

  /** Written within one millisecond, each at a nanosecond of its own. */
  static final int APART = 3000;

  /** Written at the same nanosecond. */
  static final int TOGETHER = 3500;

  private static final int SIZE = 2 * APART + TOGETHER;

  private EventStorm() {}

  static Container container(Span span) {
    return new Container(
        "step-replay", SIZE, i -> Line.of(time(span.start(), i), "event " + i + " replayed"));
  }

  private static Instant time(Instant start, int i) {
    if (i < APART) {
      return start.plusNanos(i * 300L);
    }
    if (i < APART + TOGETHER) {
      return start.plusNanos(5_123_456);
    }
    return start.plusNanos(9_000_000 + (i - APART - TOGETHER) * 300L);
  }
}
