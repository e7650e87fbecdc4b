// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Capability;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines come in the order of their timestamps, and equal timestamps cost none of them. */
class OrderContract extends BackendContract {

  private static final Duration MILLISECOND = Duration.ofMillis(1);

  OrderContract(StartedFixture started) {
    super(started);
  }

  @Test
  void linesThatArrivedInDisorder_areReadInOrder() throws Exception {
    Lines lines = lines().every(Duration.ofMillis(7));
    List<StoredLine> stored = lines.numbered(1000);
    store(shuffled(stored));

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(64)), all(lines.container())), stored);
  }

  @Test
  void linesOfOneMillisecond_areReadInOrderOfTheirNanoseconds() throws Exception {
    int count = (int) Math.min(3000, MILLISECOND.dividedBy(fixture().resolution()));
    Lines lines = lines().every(spread(count));
    List<StoredLine> stored = lines.numbered(count);
    store(shuffled(stored));

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(100)), all(lines.container())), stored);
  }

  @Test
  void manyLinesInEachOfManyMilliseconds_areReadInOrder() throws Exception {
    int perMillisecond = (int) Math.min(20, MILLISECOND.dividedBy(fixture().resolution()));
    Lines lines = lines().every(spread(perMillisecond));
    List<StoredLine> stored = lines.numbered(4000);
    store(shuffled(stored));

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(90, 1000)), all(lines.container())), stored);
  }

  @ParameterizedTest(name = "{0} groups of {1}, pages of {2}")
  @CsvSource({"100, 3, 10", "30, 10, 10", "20, 25, 10", "3, 1000, 100", "1, 3000, 100"})
  void equalTimestamps_costNoLine(int groups, int size, int page) throws Exception {
    Lines lines = lines().every(Duration.ofMillis(2));
    List<StoredLine> stored = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      for (int i = 0; i < size; i++) {
        stored.add(lines.line(group, "line " + i + " of group " + group));
      }
    }
    store(stored);
    LogBackend backend = backend(PageSettings.of(page));
    List<LogEntry> read = Reading.all(backend, all(lines.container()));

    if (can(backend, Capability.STABLE_TIES)) {
      LogAssert.assertExactly(read, stored);
    } else {
      LogAssert.assertSameInOrderOfTime(read, stored);
    }
  }

  @Test
  void identicalLines_areAllDelivered() throws Exception {
    Lines lines = lines().every(Duration.ZERO);
    int count = 30;
    List<StoredLine> stored = store(lines.with(count, _ -> "again"));
    LogBackend backend = backend(PageSettings.of(7));
    List<LogEntry> read = Reading.all(backend, all(lines.container()));

    if (can(backend, Capability.EXACT_DUPLICATES)) {
      LogAssert.assertExactly(read, stored);
    } else {
      assertThat(read).containsOnly(stored.getFirst().entry()).hasSizeBetween(1, count);
    }
  }

  @Test
  void linesAroundMidnight_areReadInOrder() throws Exception {
    Instant midnight = fixture().epoch().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    Lines lines = lines().from(midnight.minusSeconds(30)).every(Duration.ofSeconds(1));
    List<StoredLine> stored = lines.numbered(60);
    store(shuffled(stored));

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(7)), all(lines.container())), stored);
  }

  /** The largest step, in multiples of the resolution, with which so many fit a millisecond. */
  private Duration spread(int count) {
    Duration resolution = fixture().resolution();
    long steps = MILLISECOND.dividedBy(resolution) / count;
    return resolution.multipliedBy(Math.max(1, steps));
  }

  private static List<StoredLine> shuffled(List<StoredLine> lines) {
    List<StoredLine> copy = new ArrayList<>(lines);
    Collections.shuffle(copy, new Random(42));
    return copy;
  }
}
