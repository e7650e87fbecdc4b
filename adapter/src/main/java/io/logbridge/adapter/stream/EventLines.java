// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.RunEvent;
import io.logbridge.backend.LogStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Puts the events of a run among its lines: each before the first line that was written later. Logs
 * are written container by container, so an event that is older than the lines of the second
 * container may stand among those of the first, and is not repeated.
 */
final class EventLines {

  private final EventWriter out;
  private final Deque<RunEvent> pending;
  private boolean skipsOlder;

  /**
   * Begins before the first event.
   *
   * @param events in the order of time
   * @param skipsOlder whether those are left out that are older than the first line
   */
  EventLines(EventWriter out, List<RunEvent> events, boolean skipsOlder) {
    this.out = out;
    this.pending = new ArrayDeque<>(events);
    this.skipsOlder = skipsOlder;
  }

  /** Passes lines on, with the events among them. */
  LineSink among(LineSink lines) {
    if (pending.isEmpty()) {
      return lines;
    }
    return new LineSink() {
      @Override
      public void begin(Instant writtenAt, LogStream stream) {
        upTo(writtenAt);
        lines.begin(writtenAt, stream);
      }

      @Override
      public void text(String text) {
        lines.text(text);
      }

      @Override
      public void end() {
        lines.end();
      }
    };
  }

  /** Writes the events that no line follows. */
  void finish() {
    pending.forEach(out::write);
    pending.clear();
  }

  private void upTo(Instant line) {
    while (!pending.isEmpty() && !pending.element().time().isAfter(line)) {
      RunEvent event = pending.remove();
      if (!skipsOlder) {
        out.write(event);
      }
    }
    skipsOlder = false;
  }
}
