// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.paging.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts hits that the store sorts by the millisecond in the order of their nanoseconds: (nanosecond,
 * tie key, the store's order), or exactly the reverse of it backward. Lines of one nanosecond
 * without a tie key come before those that have one.
 *
 * <p>Holds a hit back for as long as one that belongs before it can still come. Forward, a hit that
 * comes later is never older than the store's time of this one; backward, it is never younger than
 * the end of that millisecond, or than that time itself if the store sorts by the nanosecond.
 */
final class ReorderBuffer {

  private final Direction direction;
  private final boolean nanoseconds;
  private final int limit;
  private final Comparator<Held> order;

  private PriorityQueue<Held> queue;
  private long arrivals;
  private @Nullable Hit lastReturned;

  /**
   * @param nanoseconds whether the store sorts by the nanosecond
   * @param limit how many hits may be held at the end of a page
   */
  ReorderBuffer(Direction direction, boolean nanoseconds, int limit) {
    this.direction = direction;
    this.nanoseconds = nanoseconds;
    this.limit = limit;
    this.order = direction == Direction.FORWARD ? Held::compareForward : Held::compareBackward;
    this.queue = new PriorityQueue<>(order);
  }

  private record Held(Hit hit, long arrival) {

    int compareForward(Held other) {
      int order = compareKeys(other);
      return order != 0 ? order : Long.compare(arrival, other.arrival);
    }

    /** The store's order is reversed already when it is asked backward. */
    int compareBackward(Held other) {
      int order = -compareKeys(other);
      return order != 0 ? order : Long.compare(arrival, other.arrival);
    }

    private int compareKeys(Held other) {
      int order = Long.compare(hit.nanos(), other.hit.nanos());
      if (order != 0 || (hit.tie() == null && other.hit.tie() == null)) {
        return order;
      }
      if (hit.tie() == null) {
        return -1;
      }
      return other.hit.tie() == null ? 1 : hit.tie().compareTo(other.hit.tie());
    }
  }

  /**
   * Takes hits in the store's order and returns the entries that are in order for good. Takes
   * nothing if it fails.
   *
   * @param last whether no more hits come
   * @throws LogBackendException if too many hits would be held
   */
  List<LogEntry> accept(List<Hit> hits, boolean last) {
    List<LogEntry> entries = new ArrayList<>(queue.size() + hits.size());
    PriorityQueue<Held> held = new PriorityQueue<>(queue.size() + 1, order);
    held.addAll(queue);
    long arrival = arrivals;
    Hit newest = lastReturned;
    for (Hit hit : hits) {
      while (!held.isEmpty() && isSettled(held.element().hit, hit.sortNanos())) {
        newest = held.remove().hit;
        entries.add(newest.entry());
      }
      if (held.isEmpty() && isFirst(hit)) {
        newest = hit;
        entries.add(hit.entry());
      } else {
        held.add(new Held(hit, arrival++));
      }
    }
    while (last && !held.isEmpty()) {
      entries.add(held.remove().hit.entry());
    }
    if (held.size() > limit) {
      throw tooMany();
    }
    queue = held;
    arrivals = arrival;
    lastReturned = newest;
    return entries;
  }

  /** Whether entries have been returned that this hit belongs before. */
  boolean isPassed(Hit hit) {
    if (lastReturned == null) {
      return false;
    }
    return direction == Direction.FORWARD
        ? hit.nanos() < lastReturned.nanos()
        : hit.nanos() > lastReturned.nanos();
  }

  /** Whether every hit of this store's time or a later one belongs behind this one. */
  private boolean isSettled(Hit hit, long sortNanos) {
    if (direction == Direction.BACKWARD) {
      return hit.nanos() > (nanoseconds ? sortNanos : Window.lastOfMilli(sortNanos));
    }
    return hit.nanos() < sortNanos;
  }

  /** The same of a hit that has just come, when none is held. */
  private boolean isFirst(Hit hit) {
    boolean firstOfItsTime =
        direction == Direction.FORWARD && hit.nanos() == hit.sortNanos() && hit.tie() == null;
    return firstOfItsTime || isSettled(hit, hit.sortNanos());
  }

  private LogBackendException tooMany() {
    return new LogBackendException(
        Reason.INCOMPLETE,
        "Elasticsearch has more than "
            + limit
            + " lines of one millisecond, too many to put in order (maxHeldLines: "
            + limit
            + ", expected: as many lines as a container writes at once)");
  }
}
