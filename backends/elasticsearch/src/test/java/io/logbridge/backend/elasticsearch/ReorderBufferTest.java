// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.elasticsearch.Hit.DocumentId;
import io.logbridge.backend.paging.Window;
import io.logbridge.backend.shipped.TieKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {

  private static final long MILLI = 1_000_000;

  /**
   * @param nanos when it was written
   * @param mappedAsDate whether its index cuts that to the millisecond
   * @param tie its sequence number, or -1
   */
  record Line(long nanos, boolean mappedAsDate, int tie) {}

  @Provide
  Arbitrary<List<Line>> logs() {
    // Few moments, so that they meet: three milliseconds with four nanoseconds each.
    Arbitrary<Long> nanos =
        Combinators.combine(
                Arbitraries.longs().between(0, 2), Arbitraries.of(0L, 1L, 500L, 999_999L))
            .as((milli, rest) -> milli * MILLI + rest);
    return Combinators.combine(
            nanos, Arbitraries.of(true, false), Arbitraries.integers().between(-1, 3))
        .as(Line::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void anyLog_comesInOrder(
      @ForAll("logs") List<Line> log, @ForAll @IntRange(min = 1, max = 9) int page) {
    List<Hit> stored = hits(log);

    assertThat(through(Direction.FORWARD, false, stored, page)).isEqualTo(ordered(stored));
  }

  @Property
  void anyLogBackward_isTheReverse(
      @ForAll("logs") List<Line> log, @ForAll @IntRange(min = 1, max = 9) int page) {
    List<Hit> stored = hits(log);

    assertThat(through(Direction.BACKWARD, false, stored, page))
        .isEqualTo(ordered(stored).reversed());
  }

  @Property
  void anyLogOfNanoseconds_comesInOrderBothWays(
      @ForAll("logs") List<Line> log, @ForAll @IntRange(min = 1, max = 9) int page) {
    List<Hit> stored =
        hits(log.stream().map(line -> new Line(line.nanos, false, line.tie)).toList());

    assertThat(through(Direction.FORWARD, true, stored, page)).isEqualTo(ordered(stored));
    assertThat(through(Direction.BACKWARD, true, stored, page))
        .isEqualTo(ordered(stored).reversed());
  }

  @Test
  void linesOfOnePlainMillisecond_areNotHeld() {
    ReorderBuffer buffer = new ReorderBuffer(Direction.FORWARD, false, 2);
    List<Hit> hits = hits(Collections.nCopies(100, new Line(MILLI, true, -1)));

    assertThat(buffer.accept(hits, false)).hasSize(100);
  }

  @Test
  void tooManyLinesOfOneMillisecond_failAndChangeNothing() {
    ReorderBuffer buffer = new ReorderBuffer(Direction.FORWARD, false, 2);
    List<Hit> hits =
        hits(List.of(new Line(3, true, -1), new Line(2, true, -1), new Line(1, true, -1)));
    assertThat(buffer.accept(hits.subList(0, 2), false)).isEmpty();

    LogBackendException failure =
        catchThrowableOfType(
            LogBackendException.class, () -> buffer.accept(hits.subList(2, 3), false));

    assertThat(failure.reason()).isEqualTo(LogBackendException.Reason.INCOMPLETE);
    assertThat(failure).hasMessageContaining("maxHeldLines: 2");
    assertThat(buffer.accept(List.of(), true))
        .containsExactly(hits.get(1).entry(), hits.get(0).entry());
  }

  @Test
  void whatBelongsBeforeReturnedEntries_isKnown() {
    ReorderBuffer buffer = new ReorderBuffer(Direction.FORWARD, false, 9);
    List<Hit> hits = hits(List.of(new Line(5, true, -1), new Line(MILLI, true, -1)));
    buffer.accept(hits, false);

    assertThat(buffer.isPassed(hits.get(0))).isTrue();
    assertThat(buffer.isPassed(hits.get(1))).isFalse();
  }

  private static List<LogEntry> through(
      Direction direction, boolean nanoseconds, List<Hit> stored, int page) {
    List<Hit> served = new ArrayList<>(stored);
    // Stable: the store's order among equals is that of arrival, or the reverse of it.
    served.sort(Comparator.comparingLong(Hit::sortNanos));
    if (direction == Direction.BACKWARD) {
      served = served.reversed();
    }
    ReorderBuffer buffer = new ReorderBuffer(direction, nanoseconds, 1000);
    List<LogEntry> entries = new ArrayList<>();
    for (int from = 0; from < served.size(); from += page) {
      int to = Math.min(from + page, served.size());
      entries.addAll(buffer.accept(served.subList(from, to), false));
    }
    entries.addAll(buffer.accept(List.of(), true));
    return entries;
  }

  private static List<LogEntry> ordered(List<Hit> stored) {
    List<Hit> hits = new ArrayList<>(stored);
    hits.sort(Comparator.comparingLong(Hit::sortNanos));
    hits.sort(
        Comparator.comparingLong(Hit::nanos)
            .thenComparing(Hit::tie, Comparator.nullsFirst(Comparator.naturalOrder())));
    return hits.stream().map(Hit::entry).toList();
  }

  private static List<Hit> hits(List<Line> lines) {
    List<Hit> hits = new ArrayList<>();
    for (Line line : lines) {
      long sort = line.mappedAsDate ? Window.floorToMilli(line.nanos) : line.nanos;
      TieKey tie = line.tie < 0 ? null : new TieKey("", line.tie);
      String id = "line " + hits.size();
      LogEntry entry = LogEntry.of(Window.instant(line.nanos), LogStream.STDOUT, id);
      hits.add(new Hit(new DocumentId("i", id), sort, line.nanos, tie, entry, true));
    }
    return hits;
  }
}
