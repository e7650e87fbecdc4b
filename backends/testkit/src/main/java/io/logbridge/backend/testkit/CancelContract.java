// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.testkit.proxy.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt ends a read wherever it is, and the store is rid of the request. */
class CancelContract extends BackendContract {

  private static final int PAGE = 20;

  CancelContract(StartedFixture started) {
    super(started);
  }

  @Test
  void interruptBeforeTheFirstPage_endsTheRead() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      assertInterruptedThreadReadsNothing(reader);

      LogAssert.assertExactly(Reading.rest(reader), stored);
    }
  }

  @Test
  void interruptBetweenPages_endsTheRead() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      List<LogEntry> read = Reading.firstPage(reader);
      assertInterruptedThreadReadsNothing(reader);
      Reading.restInto(read, reader, inTime());

      LogAssert.assertExactly(read, stored);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void interruptDuringTheFirstPage_givesUpTheRequest(Fault.Break silence) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      assertGivesUpAndGoesOn(reader, silence, new ArrayList<>(), stored);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void interruptDuringALaterPage_givesUpTheRequest(Fault.Break silence) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      List<LogEntry> read = Reading.firstPage(reader);
      assertGivesUpAndGoesOn(reader, silence, read, stored);
    }
  }

  @Test
  void interruptOfOneReader_leavesTheOthersAlone() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    LogBackend backend = backend(PageSettings.of(PAGE));
    proxy().inject(Fault.Break.STALL);
    Background<List<LogEntry>> one =
        Background.start(() -> Reading.all(backend, all(lines.container())));
    Background<List<LogEntry>> other =
        Background.start(() -> Reading.all(backend, all(lines.container())));
    assertThat(proxy().awaitFaults(2, CEILING)).as("both requests").isTrue();
    one.interrupt();
    assertThat(one.failure(PROMPTLY)).isInstanceOf(InterruptedException.class);
    proxy().heal();

    LogAssert.assertExactly(other.within(CEILING), stored);
  }

  @Test
  void interruptDuringTheCheck_givesUpTheRequest() throws Exception {
    LogBackend backend = backend(PageSettings.of(PAGE));
    proxy().inject(Fault.Break.STALL);
    Background<Boolean> check =
        Background.start(() -> {
          backend.check(inTime());
          return true;
        });
    assertThat(proxy().awaitFaults(1, CEILING)).as("the request").isTrue();
    check.interrupt();

    assertThat(check.failure(PROMPTLY)).isInstanceOf(InterruptedException.class);
    assertThat(proxy().awaitAbort(PROMPTLY)).as("the request is given up").isTrue();
  }

  private void assertGivesUpAndGoesOn(
      LogReader reader, Fault.Break silence, List<LogEntry> read, List<StoredLine> stored)
      throws Exception {
    proxy().inject(silence);
    Background<Boolean> reading =
        Background.start(() -> {
          Reading.restInto(read, reader, inTime());
          return true;
        });
    assertThat(proxy().awaitFaults(1, CEILING)).as("the request").isTrue();
    reading.interrupt();

    assertThat(reading.failure(PROMPTLY)).isInstanceOf(InterruptedException.class);
    assertThat(proxy().awaitAbort(PROMPTLY)).as("the request is given up").isTrue();
    proxy().heal();
    Reading.restInto(read, reader, inTime());
    LogAssert.assertExactly(read, stored);
  }

  private static void assertInterruptedThreadReadsNothing(LogReader reader)
      throws InterruptedException {
    Background<Boolean> reading =
        Background.start(() -> {
          Thread.currentThread().interrupt();
          reader.read(inTime());
          return true;
        });
    assertThat(reading.failure(PROMPTLY)).isInstanceOf(InterruptedException.class);
  }
}
