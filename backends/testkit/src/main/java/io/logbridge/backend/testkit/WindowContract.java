// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A window holds the lines from its start to before its end, as finely as the store tells time.
 *
 * <p>The lines of this contract stand ten times the store's resolution apart.
 */
class WindowContract extends BackendContract {

  private static final int LINES = 50;

  private Lines lines;
  private List<StoredLine> stored;
  private LogBackend backend;

  WindowContract(StartedFixture started) {
    super(started);
  }

  @BeforeEach
  void storeLines() throws Exception {
    lines = lines().every(fixture().resolution().multipliedBy(10));
    stored = store(lines.numbered(LINES));
    backend = backend(PageSettings.of(7));
  }

  @Test
  void startIsInclusive_endIsExclusive() throws Exception {
    assertWindow(lines.time(3), lines.time(33), 3, 33);
  }

  @Test
  void bordersBetweenLines_cutBetweenThem() throws Exception {
    Duration little = fixture().resolution();
    assertWindow(lines.time(3).plus(little), lines.time(33).plus(little), 4, 34);
    assertWindow(lines.time(3).minus(little), lines.time(33).minus(little), 3, 33);
  }

  @Test
  void windowOfOneLine_holdsIt() throws Exception {
    assertWindow(lines.time(20), lines.time(20).plus(fixture().resolution()), 20, 21);
    assertWindow(lines.time(20), lines.time(21), 20, 21);
  }

  @Test
  void emptyWindow_holdsNothing() throws Exception {
    assertWindow(lines.time(20), lines.time(20), 20, 20);
  }

  @Test
  void windowBetweenTwoLines_holdsNothing() throws Exception {
    Duration little = fixture().resolution();
    assertWindow(lines.time(20).plus(little), lines.time(21), 21, 21);
  }

  @Test
  void windowBesideTheLog_holdsNothing() throws Exception {
    Instant start = lines.time(0);
    assertWindow(start.minusSeconds(60), start, 0, 0);
    assertWindow(lines.time(LINES), lines.time(LINES).plusSeconds(60), LINES, LINES);
    assertWindow(lines.time(LINES), null, LINES, LINES);
  }

  @Test
  void openEnd_reachesToTheEndOfTheLog() throws Exception {
    assertWindow(lines.time(0), null, 0, LINES);
    assertWindow(lines.time(40), null, 40, LINES);
  }

  @Test
  void wideWindow_holdsTheWholeLog() throws Exception {
    assertWindow(Instant.EPOCH, null, 0, LINES);
    assertWindow(Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"), 0, LINES);
  }

  @Test
  void windowsSideBySide_holdEachLineOnce() throws Exception {
    Instant border = lines.time(25);
    assertWindow(lines.time(0), border, 0, 25);
    assertWindow(border, lines.time(LINES), 25, LINES);
  }

  /** Forward and backward. */
  private void assertWindow(Instant start, @Nullable Instant end, int from, int to)
      throws Exception {
    TimeRange range = new TimeRange(start, end);
    List<StoredLine> expected = stored.subList(from, to);
    List<LogEntry> forward = Reading.all(backend, LogQuery.forward(lines.container(), range));
    LogAssert.assertExactly(forward, expected);
    List<LogEntry> backward =
        Reading.all(backend, LogQuery.backward(lines.container(), range, LogQuery.ALL));
    LogAssert.assertExactly(backward, expected.reversed());
  }
}
