// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.splunk.Walk.Stretch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads from the newest events on, in the order in which Splunk finds them. The oldest millisecond
 * of a page may go on behind it: it is left to the next page, which begins with all of it.
 */
final class BackwardWalk implements Walk {

  /** So many milliseconds are read again, should Splunk cut elsewhere than it writes its times. */
  private static final long OVERLAP = 1;

  private final Reach reach;
  private final long start;

  private long end;
  private Set<Event.Address> taken = Set.of();

  BackwardWalk(Reach reach, TimeSpan whole) {
    this.reach = reach;
    this.start = whole.start();
    this.end = whole.end();
  }

  @Override
  public Stretch next(Deadline deadline) throws InterruptedException {
    int size = reach.sizer().next();
    Rows rows = reach.page(new TimeSpan(start, end), deadline);
    if (rows.whole()) {
      return stretch(rows, notTaken(rows.events()), size, true);
    }
    requireNewestFirst(rows);
    // A time that is not before the end has been rounded up to it.
    long cut = Math.min(rows.oldest(), end - 1);
    long border = Math.min(end, cut + 1 + OVERLAP);
    List<Event> newer = notTaken(rows.events());
    newer.removeIf(event -> event.millis() <= cut);
    if (newer.isEmpty() && border == end) {
      return allOf(new TimeSpan(cut, end), size, deadline);
    }
    moveTo(border, newer);
    return stretch(rows, newer, size, false);
  }

  /** What is left at the end, of which a page has no room for all. */
  private Stretch allOf(TimeSpan span, int size, Deadline deadline) throws InterruptedException {
    Rows rows = reach.all(span, deadline);
    List<Event> events = notTaken(rows.events());
    end = span.start();
    taken = Set.of();
    return stretch(rows, events, size, end <= start);
  }

  private void moveTo(long border, List<Event> events) {
    Set<Event.Address> again = new HashSet<>(border == end ? taken : Set.of());
    events.stream()
        .filter(event -> event.millis() <= border)
        .map(Event::address)
        .forEach(again::add);
    taken = again;
    end = border;
  }

  private List<Event> notTaken(List<Event> events) {
    List<Event> left = new ArrayList<>(events);
    left.removeIf(event -> taken.contains(event.address()));
    return left;
  }

  private static void requireNewestFirst(Rows rows) {
    if (!rows.newestFirst()) {
      throw new LogBackendException(
          Reason.MALFORMED, SplunkBackend.TYPE + " search: the newest events do not come first");
    }
  }

  private static Stretch stretch(Rows rows, List<Event> events, int size, boolean last) {
    events.sort(Event.ORDER.reversed());
    return new Stretch(events, size, rows.count() > 0, last);
  }
}
