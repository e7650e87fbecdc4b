// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log is read whole, whatever its length. */
class PagingContract extends BackendContract {

  private static final int PAGE = 100;

  PagingContract(StartedFixture started) {
    super(started);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE, 3 * PAGE + 1})
  void logOfAnyLength_isReadWhole(int length) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(length));
    LogBackend backend = backend(PageSettings.of(PAGE));

    LogAssert.assertExactly(Reading.all(backend, all(lines.container())), stored);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void pagesOfAnySize_holdTheSameLog(int size) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(60));
    LogBackend backend = backend(PageSettings.of(size));

    LogAssert.assertExactly(Reading.all(backend, all(lines.container())), stored);
  }

  @Test
  void longLog_isReadWholeInGrowingPages() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(100_000));
    LogBackend backend = backend(PageSettings.of(500, 10_000));

    LogAssert.assertExactly(Reading.all(backend, all(lines.container())), stored);
  }

  @Test
  void firstPage_isNotTheWholeLog() throws Exception {
    Lines lines = lines();
    store(lines.numbered(20 * PAGE));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      LogPage first = reader.read(inTime());

      assertThat(first.last()).isFalse();
      assertThat(first.entries()).hasSizeLessThan(5 * PAGE);
    }
  }

  @Test
  void readersOfOneLog_doNotDisturbEachOther() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(4 * PAGE));
    LogBackend backend = backend(PageSettings.of(PAGE));
    try (LogReader one = backend.open(all(lines.container()));
        LogReader other = backend.open(all(lines.container()))) {
      List<LogEntry> ofOne = Reading.firstPage(one);
      List<LogEntry> ofOther = Reading.firstPage(other);
      ofOne.addAll(Reading.rest(one));
      ofOther.addAll(Reading.rest(other));

      LogAssert.assertExactly(ofOne, stored);
      LogAssert.assertExactly(ofOther, stored);
    }
  }

  @Test
  void linesThatArriveMeanwhile_disturbNoOthers() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = lines.numbered(6 * PAGE);
    List<StoredLine> early = everySecond(stored, 0);
    List<StoredLine> late = everySecond(stored, 1);
    store(early);
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      List<LogEntry> read = Reading.firstPage(reader);
      store(late);
      read.addAll(Reading.rest(reader));

      Set<LogEntry> allowed = new HashSet<>(LogAssert.entries(late));
      read.removeIf(allowed::contains);
      LogAssert.assertExactly(read, early);
    }
  }

  private static List<StoredLine> everySecond(List<StoredLine> lines, int from) {
    List<StoredLine> half = new ArrayList<>();
    for (int i = from; i < lines.size(); i += 2) {
      half.add(lines.get(i));
    }
    return half;
  }
}
