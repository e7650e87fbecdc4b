// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The last lines of a log, read backward from its end. Costs the store the lines asked for, not the
 * log; holds those lines until the first of them is found.
 */
final class LogTail {

  /**
   * How many entries more are read than lines are wanted, so that the first wanted line has all its
   * pieces: they stand close together, though not always without entries of the other stream
   * between them.
   */
  private static final int LOOK_BACK = 256;

  /** How much text is held, in characters. */
  private static final long MAX_HELD = 32L * 1024 * 1024;

  private final LogBackend backend;
  private final LogPlan plan;
  private final Map<ContainerRef, Recent> recent;
  private final CallScope scope;
  private final Deque<Held> held = new ArrayDeque<>();
  private long heldCharacters;

  /** The last entries of a part, oldest first. */
  private record Held(ContainerLog part, List<LogEntry> entries) {}

  /** The entries of a container that were written since then, oldest first. */
  record Recent(Instant from, List<LogEntry> entries) {}

  /** Takes the last entries of a part. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes them.
     *
     * @param toDrop how many lines at the beginning of the entries are too many
     */
    void take(ContainerLog part, long toDrop, List<LogEntry> entries);
  }

  /**
   * Does not read yet.
   *
   * @param recent what is known already of some containers, and is not read from the store
   */
  LogTail(LogBackend backend, LogPlan plan, Map<ContainerRef, Recent> recent, CallScope scope) {
    this.backend = backend;
    this.plan = plan;
    this.recent = recent;
    this.scope = scope;
  }

  /**
   * Reads the last lines.
   *
   * @param tailLines how many, at least 1
   * @return whether there were any
   */
  boolean read(int tailLines, Taker taker) {
    long lines = 0;
    for (ContainerLog part : plan.parts().reversed()) {
      if (lines >= tailLines) {
        break;
      }
      if (!part.range().isEmpty()) {
        Held last = new Held(part, lastEntries(part, (int) (tailLines - lines)));
        held.addFirst(last);
        lines += lines(last.entries());
      }
    }
    long toDrop = lines - tailLines;
    for (Held part : held) { // only the first part can hold lines too many
      taker.take(part.part(), Math.max(0, toDrop), part.entries());
      toDrop = 0;
    }
    return lines > 0;
  }

  private static long lines(List<LogEntry> entries) {
    LineCounter counter = new LineCounter();
    LineAssembler assembler = new LineAssembler(counter);
    entries.forEach(assembler::accept);
    assembler.finish();
    return counter.lines();
  }

  private List<LogEntry> lastEntries(ContainerLog part, int lines) {
    int wanted = lines + LOOK_BACK;
    List<LogEntry> entries = new ArrayList<>();
    int ends = 0;
    TimeRange range = part.range();
    Recent known = recent.get(part.container());
    if (known != null) {
      range = range.intersect(new TimeRange(Instant.EPOCH, known.from()));
      for (LogEntry entry : known.entries().reversed()) {
        if (ends < wanted) {
          hold(entry);
          entries.add(entry);
          ends += entry.partial() ? 0 : 1;
        }
      }
    }
    LogQuery query = LogQuery.backward(part.container(), range, wanted);
    try (PageReader pages = new PageReader(backend, query, scope)) {
      while (ends < wanted && pages.hasNext()) {
        for (LogEntry entry : pages.next().entries()) {
          if (ends < wanted) {
            hold(entry);
            entries.add(entry);
            ends += entry.partial() ? 0 : 1;
          }
        }
        scope.throwIfCancelled();
      }
    }
    Collections.reverse(entries);
    return entries;
  }

  private void hold(LogEntry entry) {
    heldCharacters += entry.text().length();
    if (heldCharacters > MAX_HELD) {
      throw new RequestException(
          Code.RESOURCE_EXHAUSTED,
          "tailLines: \""
              + plan.options().tailLines()
              + "\" (expected: lines of together at most "
              + MAX_HELD
              + " characters; ask for fewer, or use sinceTime)");
    }
  }
}
