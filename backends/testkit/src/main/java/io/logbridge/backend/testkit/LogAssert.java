// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.logbridge.backend.LogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares logs; says what is lost, foreign or out of order without printing all of it. */
final class LogAssert {

  private static final int SHOWN_TEXT = 120;

  private LogAssert() {}

  /** The entries are these lines, each once, in this order. */
  static void assertExactly(List<LogEntry> actual, List<StoredLine> expected) {
    assertSame(actual, entries(expected));
  }

  /** The entries are these, each once, in this order. */
  static void assertSame(List<LogEntry> actual, List<LogEntry> expected) {
    if (actual.equals(expected)) {
      return;
    }
    int index = 0;
    while (index < Math.min(actual.size(), expected.size())
        && actual.get(index).equals(expected.get(index))) {
      index++;
    }
    fail(
        "entry %d of %d: %s (expected: %s, of %d); lost: %s; foreign or doubled: %s",
        index,
        actual.size(),
        show(actual, index),
        show(expected, index),
        expected.size(),
        difference(expected, actual),
        difference(actual, expected));
  }

  /**
   * The entries are these lines, each once, with no timestamp before the one of the entry before:
   * all that can be asked of a store that does not keep the order of equal timestamps.
   */
  static void assertSameInOrderOfTime(List<LogEntry> actual, List<StoredLine> expected) {
    assertThat(difference(entries(expected), actual)).as("lost").isEmpty();
    assertThat(difference(actual, entries(expected))).as("foreign or doubled").isEmpty();
    List<Instant> times = actual.stream().map(LogEntry::timestamp).toList();
    assertThat(times).isSorted();
  }

  static List<LogEntry> entries(List<StoredLine> lines) {
    return lines.stream().map(StoredLine::entry).toList();
  }

  /** What the first has more often than the second, at most ten of it. */
  private static List<String> difference(Collection<LogEntry> first, Collection<LogEntry> second) {
    Map<LogEntry, Integer> counts = new HashMap<>();
    first.forEach(entry -> counts.merge(entry, 1, Integer::sum));
    second.forEach(entry -> counts.merge(entry, -1, Integer::sum));
    List<String> more = new ArrayList<>();
    counts.forEach((entry, count) -> {
      if (count > 0 && more.size() < 10) {
        more.add(count + " x " + show(entry));
      }
    });
    return more;
  }

  private static String show(List<LogEntry> entries, int index) {
    return index < entries.size() ? show(entries.get(index)) : "none";
  }

  private static String show(LogEntry entry) {
    String text = entry.text();
    String shown =
        text.length() <= SHOWN_TEXT
            ? text
            : text.substring(0, SHOWN_TEXT) + "... (" + text.length() + " characters)";
    return entry.timestamp()
        + " "
        + entry.stream()
        + (entry.partial() ? " partial \"" : " \"")
        + shown
        + "\"";
  }
}
