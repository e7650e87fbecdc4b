// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Capability;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read backward, a log is exactly the reverse of itself, and its end costs little. */
class BackwardContract extends BackendContract {

  private static final int PAGE = 100;

  BackwardContract(StartedFixture started) {
    super(started);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE, 3 * PAGE + 1})
  void logOfAnyLength_isReadWhole(int length) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(length));
    LogBackend backend = backend(PageSettings.of(PAGE));
    LogQuery query = allBackward(lines.container(), LogQuery.ALL);

    LogAssert.assertExactly(Reading.all(backend, query), stored.reversed());
  }

  @Test
  void longLog_isReadWholeInGrowingPages() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(20_000));
    LogBackend backend = backend(PageSettings.of(500, 10_000));
    LogQuery query = allBackward(lines.container(), LogQuery.ALL);

    LogAssert.assertExactly(Reading.all(backend, query), stored.reversed());
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 250})
  void equalTimestamps_comeInTheReverseOrder(int size) throws Exception {
    Lines lines = lines().every(Duration.ofMillis(2));
    List<StoredLine> stored = new ArrayList<>();
    for (int group = 0; group < 5; group++) {
      for (int i = 0; i < size; i++) {
        stored.add(lines.line(group, "line " + i + " of group " + group));
      }
    }
    store(stored);
    LogBackend backend = backend(PageSettings.of(PAGE));
    List<LogEntry> read = Reading.all(backend, allBackward(lines.container(), LogQuery.ALL));

    if (can(backend, Capability.STABLE_TIES)) {
      LogAssert.assertExactly(read, stored.reversed());
    } else {
      LogAssert.assertSameInOrderOfTime(read.reversed(), stored);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 250})
  void wantedIsNoLimit_theReaderGoesOn(int wanted) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(400));
    LogBackend backend = backend(PageSettings.of(PAGE));
    LogQuery query = allBackward(lines.container(), wanted);

    LogAssert.assertExactly(Reading.all(backend, query), stored.reversed());
  }

  /** 356 entries are what {@code kubectl logs --tail=100} makes the server ask for. */
  @ParameterizedTest
  @ValueSource(ints = {10, 356})
  void lastLinesOfALongLog_areOnePage_ofFewRequestsAndBytes(int wanted) throws Exception {
    Lines lines = lines().every(Duration.ofMillis(1));
    List<StoredLine> stored = store(lines.numbered(20_000));
    // A first page that disregards what is wanted would be a quarter of the log.
    LogBackend backend = backend(PageSettings.of(5_000, 10_000));
    Reading.all(backend, allBackward(lines.container(), LogQuery.ALL));
    long bytesOfAll = proxy().bodyBytes();
    int requestsBefore = proxy().requests();
    LogPage page;
    try (LogReader reader = backend.open(allBackward(lines.container(), wanted))) {
      page = reader.read(inTime());
    }
    assertThat(proxy().awaitIdle(CEILING)).isTrue();

    assertThat(page.entries()).hasSizeGreaterThanOrEqualTo(wanted);
    LogAssert.assertExactly(
        page.entries().subList(0, wanted), stored.reversed().subList(0, wanted));
    assertThat(proxy().requests() - requestsBefore).as("requests").isLessThanOrEqualTo(4);
    assertThat(proxy().bodyBytes() - bytesOfAll).as("bytes").isLessThan(bytesOfAll / 20);
  }
}
