// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.paging.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader is in its log.
 *
 * @param after the sort values of the last hit, which belong to one point in time; empty to begin
 * @param fromMilli the millisecond to begin with instead of the window's first, or last when it
 *     reads backward; {@code null} for the whole window
 */
record Position(List<Long> after, @Nullable Long fromMilli) {

  static final Position START = new Position(List.of(), null);

  Position {
    after = List.copyOf(after);
  }

  /** Behind this hit, in the same point in time. */
  Position behind(List<Long> sortValues) {
    return new Position(sortValues, fromMilli);
  }

  /**
   * A place for another point in time: the beginning of the last hit's millisecond, whose hits
   * therefore come again.
   */
  Position again() {
    return after.isEmpty() ? this : new Position(List.of(), Window.milli(after.getFirst()));
  }
}
