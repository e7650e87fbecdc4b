// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.RunEvent;
import io.logbridge.backend.LogStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the events of a run among its lines: each before the first line that was written later and
 * comes after the event is known. Logs are written container by container, so an event that is
 * older than the lines of the second container may stand among those of the first, and is not
 * repeated.
 */
final class EventLines {

  private final EventWriter out;
  private final Deque<RunEvent> pending = new ArrayDeque<>();
  private final Set<RunEvent> known = new HashSet<>();
  private boolean skipsOlder;

  /**
   * Begins before the first event.
   *
   * @param events in the order of time
   * @param skipsOlder whether those are left out that are older than the first line
   */
  EventLines(EventWriter out, List<RunEvent> events, boolean skipsOlder) {
    this.out = out;
    this.skipsOlder = skipsOlder;
    add(events);
  }

  /**
   * Takes those that were not known.
   *
   * @param events in the order of time
   */
  void add(List<RunEvent> events) {
    for (RunEvent event : events) {
      if (known.add(event)) {
        pending.add(event);
      }
    }
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

  /** Writes the events that no line follows, or none yet. */
  void finish() {
    pending.forEach(out::write);
    skip();
  }

  /** Leaves out the events that are known by now. */
  void skip() {
    pending.clear();
    skipsOlder = false;
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
