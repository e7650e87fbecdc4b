// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of long lines together again.
 *
 * <p>Container runtimes cut long lines into pieces, and pieces of a line on one stream can have
 * lines of the other stream between them. Here a line that has begun is passed on piece by piece
 * until it ends, so a line of any length takes no memory; entries of the other stream wait for its
 * end. That is also the right order: lines are ordered by when they began.
 */
final class LineAssembler {

  /**
   * How many entries may wait for the end of a line. A runtime writes the pieces of a line one
   * right after the other, so that even a few are rare; many mean that the end of the line is lost.
   */
  static final int MAX_WAITING = 10_000;

  private final LineSink lines;
  private final Deque<LogEntry> waiting = new ArrayDeque<>();
  private @Nullable LogStream open;

  LineAssembler(LineSink lines) {
    this.lines = lines;
  }

  /** Takes the next entry of the container. */
  void accept(LogEntry entry) {
    if (open != null && entry.stream() != open) {
      if (waiting.size() == MAX_WAITING) {
        throw new LogBackendException(
            Reason.INCOMPLETE,
            "a line on "
                + open
                + " has no end: "
                + MAX_WAITING
                + " entries of the other stream"
                + " follow its last piece");
      }
      waiting.add(entry);
      return;
    }
    pass(entry);
    while (open == null && !waiting.isEmpty()) {
      pass(waiting.remove());
      if (open != null) {
        passThoseOf(open);
      }
    }
  }

  /** Ends the container's log: a line without an end ends here. */
  void finish() {
    while (open != null) {
      open = null;
      lines.end();
      while (open == null && !waiting.isEmpty()) {
        pass(waiting.remove());
        if (open != null) {
          passThoseOf(open);
        }
      }
    }
  }

  private void pass(LogEntry entry) {
    if (open == null) {
      lines.begin(entry.timestamp(), entry.stream());
    }
    lines.text(entry.text());
    if (entry.partial()) {
      open = entry.stream();
    } else {
      open = null;
      lines.end();
    }
  }

  /** Goes on with a line that a waiting entry has begun, with those of its stream that wait too. */
  private void passThoseOf(LogStream stream) {
    var entries = waiting.iterator();
    while (open == stream && entries.hasNext()) {
      LogEntry entry = entries.next();
      if (entry.stream() == stream) {
        entries.remove();
        pass(entry);
      }
    }
  }
}
