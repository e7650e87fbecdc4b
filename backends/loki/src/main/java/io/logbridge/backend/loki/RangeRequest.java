// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.paging.Window;

/**
 * A query over a range of time.
 *
 * @param window not empty
 * @param limit how many entries at most, from the window's start or, backward, from its end
 */
record RangeRequest(Window window, int limit, Direction direction) {

  /** The same for fewer entries. */
  RangeRequest limitedTo(int fewer) {
    return new RangeRequest(window, fewer, direction);
  }

  /** The same for so much of the window, from the end that is read first; in nanoseconds. */
  RangeRequest cutTo(long nanos) {
    if (window.end() - window.start() <= nanos) {
      return this;
    }
    Window part =
        direction == Direction.FORWARD
            ? new Window(window.start(), window.start() + nanos)
            : new Window(window.end() - nanos, window.end());
    return new RangeRequest(part, limit, direction);
  }
}
