// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import org.jspecify.annotations.Nullable;

/**
 * Which entries to read, and from which end.
 *
 * @param container whose log
 * @param range when the entries were written
 * @param direction from which end to read
 * @param wanted about how many entries the caller will read, so that a backend does not fetch many
 *     more; not a limit. {@link #ALL} when it will read all of them
 * @param caller the token of who asks, for a backend that {@link LogBackend#asksAsCaller}; {@code
 *     null} for none
 */
public record LogQuery(
    ContainerRef container,
    TimeRange range,
    Direction direction,
    int wanted,
    @Nullable Secret caller) {

  /** The value of {@code wanted} for a caller that reads to the end. */
  public static final int ALL = Integer.MAX_VALUE;

  public LogQuery {
    if (wanted < 1) {
      throw new IllegalArgumentException("wanted: " + wanted + " (expected: >= 1)");
    }
  }

  /** A query of nobody in particular. */
  public LogQuery(ContainerRef container, TimeRange range, Direction direction, int wanted) {
    this(container, range, direction, wanted, null);
  }

  /** The same, asked by the owner of this token. */
  public LogQuery as(Secret token) {
    return new LogQuery(container, range, direction, wanted, token);
  }

  /** Everything in this window, oldest first. */
  public static LogQuery forward(ContainerRef container, TimeRange range) {
    return new LogQuery(container, range, Direction.FORWARD, ALL);
  }

  /** The last entries in this window, newest first. */
  public static LogQuery backward(ContainerRef container, TimeRange range, int wanted) {
    return new LogQuery(container, range, Direction.BACKWARD, wanted);
  }

  /** From which end a log is read. */
  public enum Direction {
    /** Oldest entries first. */
    FORWARD,
    /** Newest entries first. */
    BACKWARD,
  }
}
