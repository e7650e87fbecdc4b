// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * A store's content, a window, and what goes wrong while it is read.
 *
 * @param lines of all containers, in the order of their arrival
 * @param window to read
 * @param pages to read in
 * @param troubles one after the other
 */
record RandomLog(
    List<StoredLine> lines, TimeRange window, PageSettings pages, List<TroubleAt> troubles) {

  /** How many troubles there are at most. */
  static final int TROUBLES = 3;

  private static final int MOST_LINES = 60;
  private static final int MOST_REQUESTS = 12;

  /** A trouble of the request with this number, the next one being the first. */
  record TroubleAt(int request, SingleTrouble trouble) {}

  /** A line before it has a place: which container, how long after the line before, its text. */
  private record Draft(int container, long gap, LogStream stream, String text) {}

  static Arbitrary<RandomLog> arbitrary(
      LogBackendFixture fixture, List<ContainerRef> containers, boolean duplicates) {
    Arbitrary<List<Draft>> drafts = drafts(fixture, containers.size()).list().ofMaxSize(MOST_LINES);
    Arbitrary<Integer> borders = Arbitraries.integers().between(-1, MOST_LINES);
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 15);
    return Combinators.combine(drafts, borders, borders, sizes, anyTroubles())
        .as((log, from, length, size, troubles) -> {
          List<StoredLine> lines = lines(fixture, containers, log, duplicates);
          return new RandomLog(
              lines, window(fixture, lines, from, length), PageSettings.of(size), troubles);
        });
  }

  /** What is to be read of a container, in order. */
  List<StoredLine> expected(ContainerRef container) {
    return lines.stream()
        .filter(line -> line.container().equals(container))
        .filter(line -> !line.timestamp().isBefore(window.start()))
        .filter(line -> window.end() == null || line.timestamp().isBefore(window.end()))
        .toList();
  }

  private static Arbitrary<Draft> drafts(LogBackendFixture fixture, int containers) {
    long units = Duration.ofMillis(1).dividedBy(fixture.resolution());
    Arbitrary<Long> gaps = Arbitraries.of(0L, 0L, 0L, 1L, 2L, units - 1, units, 7 * units + 1);
    Arbitrary<String> texts =
        Arbitraries.strings().withChars(" \tab\r\"\\`|*%\u001b{}[]é€").ofMaxLength(40);
    return Combinators.combine(
            Arbitraries.integers().between(0, containers - 1),
            gaps,
            Arbitraries.of(LogStream.STDOUT, LogStream.STDERR),
            texts.filter(fixture::holds))
        .as(Draft::new);
  }

  private static Arbitrary<List<TroubleAt>> anyTroubles() {
    Arbitrary<TroubleAt> one =
        Combinators.combine(
                Arbitraries.integers().between(1, MOST_REQUESTS),
                Arbitraries.of(SingleTrouble.all().toList()))
            .as(TroubleAt::new);
    return one.list().ofMaxSize(TROUBLES);
  }

  private static List<StoredLine> lines(
      LogBackendFixture fixture,
      List<ContainerRef> containers,
      List<Draft> drafts,
      boolean duplicates) {
    List<StoredLine> lines = new ArrayList<>();
    Instant time = fixture.epoch();
    for (Draft draft : drafts) {
      time = time.plus(fixture.resolution().multipliedBy(draft.gap));
      String text = duplicates ? draft.text : lines.size() + draft.text;
      lines.add(StoredLine.of(containers.get(draft.container), time, draft.stream, text));
    }
    return lines;
  }

  /**
   * A window between two lines.
   *
   * @param from the line that it begins with; -1 for before all of them
   * @param length how many lines on it ends; -1 for never
   */
  private static TimeRange window(
      LogBackendFixture fixture, List<StoredLine> lines, int from, int length) {
    Instant start =
        from < 0 ? fixture.epoch().minusSeconds(1) : at(fixture, lines, Math.min(from, 20));
    return new TimeRange(start, end(fixture, lines, from, length));
  }

  private static @Nullable Instant end(
      LogBackendFixture fixture, List<StoredLine> lines, int from, int length) {
    return length < 0 ? null : at(fixture, lines, Math.max(0, from) + length);
  }

  private static Instant at(LogBackendFixture fixture, List<StoredLine> lines, int number) {
    if (lines.isEmpty()) {
      return fixture.epoch();
    }
    Instant last = lines.getLast().timestamp();
    return number < lines.size() ? lines.get(number).timestamp() : last.plusSeconds(1);
  }
}
