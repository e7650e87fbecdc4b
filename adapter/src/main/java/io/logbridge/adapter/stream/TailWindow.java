// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogEntry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The last entries of a container that have been found, numbered in the order in which they were
 * found. Knows which of the entries of a later reading are new. Not safe for use by several
 * threads.
 */
final class TailWindow {

  /** What an entry takes beside its text, about. */
  private static final long ENTRY_BYTES = 100;

  private final Deque<LogEntry> known = new ArrayDeque<>();
  private final Map<LogEntry, Integer> copies = new HashMap<>();
  private long firstNumber;
  private long bytes;
  private Instant start;
  private Instant newest = Instant.MIN;

  TailWindow(Instant start) {
    this.start = start;
  }

  /** All entries that were written then or later are known here; nothing older is. */
  Instant start() {
    return start;
  }

  /** When the newest entry was written. */
  Instant newest() {
    return newest;
  }

  long bytes() {
    return bytes;
  }

  /** The number that the next entry gets. */
  long nextNumber() {
    return firstNumber + known.size();
  }

  /** The number of the oldest entry that is left. */
  long firstNumber() {
    return firstNumber;
  }

  /** How many entries there are that are equal to this one. */
  int copies(LogEntry entry) {
    return copies.getOrDefault(entry, 0);
  }

  void add(LogEntry entry) {
    known.addLast(entry);
    copies.merge(entry, 1, Integer::sum);
    bytes += size(entry);
    if (entry.timestamp().isAfter(newest)) {
      newest = entry.timestamp();
    }
  }

  /** Forgets what was written before. */
  void forgetBefore(Instant time) {
    if (time.isAfter(start)) {
      start = time;
    }
    while (!known.isEmpty() && known.getFirst().timestamp().isBefore(time)) {
      forgetFirst();
    }
  }

  /** Forgets the entry that was found first, and with it all that is as old. */
  void forgetOldest() {
    Instant after = known.getFirst().timestamp().plusNanos(1);
    if (after.isAfter(start)) {
      start = after;
    }
    forgetFirst();
  }

  private void forgetFirst() {
    LogEntry entry = known.removeFirst();
    copies.computeIfPresent(entry, (_, n) -> n == 1 ? null : n - 1);
    bytes -= size(entry);
    firstNumber++;
  }

  /** The entries from this number on, in the order in which they were found. */
  List<LogEntry> from(long number) {
    List<LogEntry> found = new ArrayList<>();
    Iterator<LogEntry> backward = known.descendingIterator();
    for (long n = nextNumber(); n > number && backward.hasNext(); n--) {
      found.addLast(backward.next());
    }
    return found.reversed();
  }

  /** The entries that were written then or later, in the order in which they were written. */
  List<LogEntry> since(Instant time) {
    return known.stream()
        .filter(entry -> !entry.timestamp().isBefore(time))
        .sorted(Comparator.comparing(LogEntry::timestamp))
        .toList();
  }

  private static long size(LogEntry entry) {
    return ENTRY_BYTES + entry.text().length();
  }
}
