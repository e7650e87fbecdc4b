// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.TimeRange;
import io.logbridge.backend.paging.Window;
import java.time.Duration;
import java.time.Instant;

/** The time from which Loki can have entries: an open end need not be searched for ever. */
final class Storable {

  /** Loki takes entries at most {@code creation_grace_period}, ten minutes, ahead of its clock. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private Storable() {}

  /** What of a window Loki can have entries of. */
  static Window window(TimeRange range, Instant now) {
    return Window.of(range.intersect(new TimeRange(Instant.EPOCH, now.plus(AHEAD))));
  }
}
