// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of a log, read backward from its end. Costs the store the lines asked for, not the
 * log.
 *
 * <p>Lines are written in the other direction than they are read, so they are held until the first
 * of them is found. Where they are more than can be held, only the time of the first is found out,
 * and they are read once more, forward.
 */
final class LogTail {

  /**
   * How many entries more are read than lines are wanted, so that the first wanted line has all its
   * pieces: they stand close together, though not always without entries of the other stream
   * between them.
   */
  private static final int LOOK_BACK = 256;

  private final LogBackend backend;
  private final LogPlan plan;
  private final Map<ContainerRef, Recent> recent;
  private final CallScope scope;
  private final Room room;

  /** The end of a part: so many lines. */
  private record End(ContainerLog part, long lines, Entries entries) {}

  /** The entries of a container that were written since then, oldest first. */
  record Recent(Instant from, List<LogEntry> entries) {}

  /** Entries of a part, oldest first. */
  @FunctionalInterface
  interface Entries {
    /**
     * Hands them on. Blocks while they are read.
     *
     * @param enough asked from time to time whether no more are wanted
     */
    void to(Consumer<LogEntry> taker, BooleanSupplier enough);
  }

  /** Takes the last entries of a part. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes them.
     *
     * @param toDrop how many lines at the beginning of the entries are too many
     */
    void take(ContainerLog part, long toDrop, Entries entries);
  }

  /** What can be held. */
  static final class Room {
    private long entries;
    private long characters;

    Room(long entries, long characters) {
      this.entries = entries;
      this.characters = characters;
    }

    /** As much as a call may take. */
    static Room ofACall() {
      return new Room(100_000 + LOOK_BACK, 32L * 1024 * 1024);
    }

    /** Whether one more has been taken in; from the first that has not on there is no room. */
    boolean holds(LogEntry entry) {
      entries--;
      characters -= entry.text().length();
      return entries >= 0 && characters >= 0;
    }
  }

  /**
   * Does not read yet.
   *
   * @param recent what is known already of some containers, and is not read from the store
   */
  LogTail(
      LogBackend backend,
      LogPlan plan,
      Map<ContainerRef, Recent> recent,
      CallScope scope,
      Room room) {
    this.backend = backend;
    this.plan = plan;
    this.recent = recent;
    this.scope = scope;
    this.room = room;
  }

  /**
   * Reads the last lines. Where they are more than can be held, lines that reach the store
   * meanwhile come on top of them.
   *
   * @param tailLines how many, at least 1
   * @return whether there were any
   */
  boolean read(int tailLines, Taker taker) {
    long lines = 0;
    Deque<End> ends = new ArrayDeque<>();
    for (ContainerLog part : plan.parts().reversed()) {
      if (lines >= tailLines) {
        break;
      }
      if (!part.range().isEmpty()) {
        End end = new Backward(part, tailLines - lines).read();
        ends.addFirst(end);
        lines += end.lines();
      }
    }
    long toDrop = lines - tailLines;
    for (End end : ends) { // only the first part can hold lines too many
      taker.take(end.part(), Math.max(0, toDrop), end.entries());
      toDrop = 0;
    }
    return lines > 0;
  }

  /** Reads one part from its end. */
  private final class Backward {

    private final ContainerLog part;
    private final @Nullable Recent known;
    private final long wanted;
    private long ends;
    private long newlines;
    private final Set<LogStream> seen = EnumSet.noneOf(LogStream.class);
    private final Set<LogStream> unfinished = EnumSet.noneOf(LogStream.class);
    private Instant oldest = Instant.MAX;

    /** Newest first; {@code null} if they are more than can be held. */
    private @Nullable List<LogEntry> held = new ArrayList<>();

    Backward(ContainerLog part, long lines) {
      this.part = part;
      this.known = recent.get(part.container());
      this.wanted = lines + LOOK_BACK;
    }

    End read() {
      if (known == null || takesAll(known.entries().reversed())) {
        LogQuery query =
            LogQuery.backward(part.container(), stored(), (int) Math.min(wanted, LogQuery.ALL - 1));
        try (PageReader pages = new PageReader(backend, query, scope)) {
          while (pages.hasNext() && takesAll(pages.next().entries())) {
            scope.throwIfCancelled();
          }
        }
      }
      List<LogEntry> all = held;
      if (all == null) {
        return new End(part, ends + newlines + unfinished.size(), this::readAgain);
      }
      Collections.reverse(all);
      return new End(part, lines(all), (taker, _) -> all.forEach(taker));
    }

    /** What has to be read from the store. */
    private TimeRange stored() {
      return known == null
          ? part.range()
          : part.range().intersect(new TimeRange(Instant.EPOCH, known.from()));
    }

    private boolean takesAll(List<LogEntry> entries) {
      for (LogEntry entry : entries) {
        if (!takes(entry)) {
          return false;
        }
      }
      return true;
    }

    /**
     * Takes an entry, if it is wanted. What is read again begins with a time, so that all of that
     * time are counted.
     */
    private boolean takes(LogEntry entry) {
      boolean beyond = held != null || entry.timestamp().isBefore(oldest);
      if (ends >= wanted && beyond) {
        return false;
      }
      oldest = entry.timestamp();
      if (seen.add(entry.stream()) && entry.partial()) {
        unfinished.add(entry.stream()); // the end of the log ends this line
      }
      ends += entry.partial() ? 0 : 1;
      newlines += entry.text().chars().filter(c -> c == '\n').count();
      if (held != null) {
        if (room.holds(entry)) {
          held.add(entry);
        } else {
          held = null;
        }
      }
      return true;
    }

    private void readAgain(Consumer<LogEntry> taker, BooleanSupplier enough) {
      TimeRange counted = stored().intersect(new TimeRange(oldest, null));
      if (!counted.isEmpty()) {
        LogQuery query = LogQuery.forward(part.container(), counted);
        try (PageReader pages = new PageReader(backend, query, scope)) {
          while (pages.hasNext() && !enough.getAsBoolean()) {
            pages.next().entries().forEach(taker);
            scope.throwIfCancelled();
          }
        }
      }
      if (known != null) {
        known.entries().stream()
            .filter(entry -> !entry.timestamp().isBefore(oldest))
            .forEach(taker);
      }
    }
  }

  private static long lines(List<LogEntry> entries) {
    LineCounter counter = new LineCounter();
    LineAssembler assembler = new LineAssembler(counter);
    entries.forEach(assembler::accept);
    assembler.finish();
    return counter.lines();
  }
}
