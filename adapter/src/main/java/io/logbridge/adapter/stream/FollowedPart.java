// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far one call has come in following one container. What is old comes from the store, what is
 * new from the {@link ContainerTail}; from where on it is new moves with time, and the two meet
 * without a gap and without overlap.
 */
final class FollowedPart implements AutoCloseable {

  private final LogBackend backend;
  private final CallScope scope;
  private final Shared.Lease<ContainerTail> lease;
  private final ContainerTail.Subscription tail;
  private final LastLines lastLines;
  private final LineAssembler assembler;
  private ContainerLog part;

  /** From when on entries are counted, and how many have been delivered since. */
  private Instant countedFrom;

  private long delivered;
  private Instant position;
  private boolean joined;
  private boolean done;

  FollowedPart(
      LogBackend backend,
      CallScope scope,
      ContainerLog part,
      Shared.Lease<ContainerTail> lease,
      Bell bell,
      Function<ContainerLog, LineSink> lines) {
    this.backend = backend;
    this.scope = scope;
    this.part = part;
    this.lease = lease;
    this.tail = lease.value().subscribe(bell);
    this.lastLines = new LastLines(new WholeLines(() -> lines.apply(this.part)), 0);
    this.assembler = new LineAssembler(lastLines);
    this.position = part.range().start();
    this.countedFrom = position;
  }

  ContainerLog part() {
    return part;
  }

  /** Takes the window of the run as it is known now. */
  void update(ContainerLog now) {
    part = now;
  }

  /** Whether any entry has been delivered. */
  boolean hasDelivered() {
    return delivered > 0;
  }

  /**
   * Writes what lies between what has been written and what the tail knows.
   *
   * @return whether there could have been anything
   */
  boolean catchUp() {
    Instant to = tail.start();
    TimeRange gap = part.range().intersect(new TimeRange(position, later(to, position)));
    position = later(to, position);
    if (joined || gap.isEmpty()) {
      return false;
    }
    try (PageReader pages =
        new PageReader(backend, LogQuery.forward(part.container(), gap), scope)) {
      while (pages.hasNext()) {
        accept(pages.next().entries());
        scope.throwIfCancelled();
      }
    }
    return true;
  }

  /** Writes what is new; the first time all that the tail knows. */
  void deliver() {
    if (joined) {
      accept(tail.take());
    } else {
      join();
    }
  }

  private void join() {
    Optional<List<LogEntry>> known = tail.join(position);
    while (known.isEmpty()) {
      catchUp();
      known = tail.join(position);
    }
    joined = true;
    accept(known.get());
  }

  /** Whether the tail is ready for {@link #joinAtTail}. */
  boolean hasLooked() {
    return tail.hasLooked();
  }

  /** Takes what is new from now on; what there is already is for {@link LogTail}. */
  LogTail.Recent joinAtTail() {
    Optional<List<LogEntry>> known = Optional.empty();
    while (known.isEmpty()) {
      position = later(tail.start(), part.range().start());
      known = tail.join(position);
    }
    joined = true;
    countedFrom = position;
    return new LogTail.Recent(position, known.get().stream().filter(this::isWanted).toList());
  }

  /**
   * Writes the last entries, without the first so many lines of them.
   *
   * @param enough whether no more are wanted
   */
  void begin(long linesToDrop, LogTail.Entries entries, BooleanSupplier enough) {
    lastLines.drop(linesToDrop);
    entries.to(
        entry -> {
          assembler.accept(entry);
          delivered += entry.timestamp().isBefore(countedFrom) ? 0 : 1;
        },
        enough);
  }

  /** Whether all that the container wrote must have been found by now. */
  boolean isComplete() {
    Instant end = part.range().end();
    return joined && end != null && !tail.swept().isBefore(end);
  }

  /**
   * Ends the last line.
   *
   * @throws RequestException {@code DATA_LOSS} if the store has entries that were not found
   */
  void finish() {
    if (done) {
      return;
    }
    deliver();
    done = true;
    assembler.finish();
    if (tail.isCut()) {
      long stored = stored();
      if (stored != delivered) {
        throw new RequestException(
            Code.DATA_LOSS,
            "follow: of %s/%s %d entries were found in time, and %d are in the store (expected: all"
                    .formatted(
                        part.container().pod(), part.container().container(), delivered, stored)
                + " of them; without follow the log is complete)");
      }
    }
  }

  private long stored() {
    TimeRange counted = part.range().intersect(new TimeRange(countedFrom, null));
    LogQuery query = LogQuery.forward(part.container(), counted);
    long entries = 0;
    try (PageReader pages = new PageReader(backend, query, scope)) {
      while (pages.hasNext()) {
        entries += pages.next().entries().size();
        scope.throwIfCancelled();
      }
    }
    return entries;
  }

  private void accept(List<LogEntry> entries) {
    for (LogEntry entry : entries) {
      if (isWanted(entry)) {
        delivered++;
        assembler.accept(entry);
      }
    }
    if (delivered > 0) {
      scope.begin();
    }
  }

  private boolean isWanted(LogEntry entry) {
    @Nullable Instant end = part.range().end();
    return !entry.timestamp().isBefore(part.range().start())
        && (end == null || entry.timestamp().isBefore(end));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public void close() {
    tail.close();
    lease.close();
  }
}
