// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The entries of one set of labels, by their timestamps. */
final class FakeStream {

  private static final long DAY = Duration.ofDays(1).toNanos();

  private final Map<String, String> labels;
  private final NavigableMap<Long, List<Entry>> entries = new TreeMap<>();

  /** An entry; metadata includes what Loki finds out by itself. */
  record Entry(long nanos, String line, Map<String, String> metadata) {}

  FakeStream(Map<String, String> labels) {
    this.labels = labels;
  }

  Map<String, String> labels() {
    return labels;
  }

  /** Loki keeps one of several entries that are equal in everything. */
  void add(Entry entry) {
    List<Entry> sameTime = entries.computeIfAbsent(entry.nanos, _ -> new ArrayList<>(1));
    if (!sameTime.contains(entry)) {
      sameTime.add(entry);
    }
  }

  /** Groups of one timestamp, from the end that is read first. */
  NavigableMap<Long, List<Entry>> between(long start, long end, boolean forward) {
    if (start >= end) {
      return new TreeMap<>();
    }
    NavigableMap<Long, List<Entry>> part = entries.subMap(start, true, end, false);
    return forward ? part : part.descendingMap();
  }

  /** The index tells days, no shorter times. */
  boolean isIndexedBetween(long start, long end) {
    return !entries.isEmpty()
        && Math.floorDiv(entries.firstKey(), DAY) <= Math.floorDiv(end, DAY)
        && Math.floorDiv(start, DAY) <= Math.floorDiv(entries.lastKey(), DAY);
  }

  void removeIf(Predicate<Entry> condition) {
    entries.values().forEach(sameTime -> sameTime.removeIf(condition));
    entries.values().removeIf(List::isEmpty);
  }
}
