// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.testkit.proxy.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A read gives up at its deadline, and no later; what it gave up can be read again. */
class DeadlineContract extends BackendContract {

  private static final int PAGE = 20;
  private static final Duration SHORT = Duration.ofMillis(300);

  DeadlineContract(StartedFixture started) {
    super(started);
  }

  @Test
  void deadlineThatHasPassed_timesOutAtOnce() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      assertTimesOut(reader, new ArrayList<>(), Deadline.after(Duration.ZERO));
      List<LogEntry> read = Reading.firstPage(reader);
      assertTimesOut(reader, read, Deadline.after(Duration.ZERO));
      Reading.restInto(read, reader, inTime());

      LogAssert.assertExactly(read, stored);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void silenceAtTheFirstPage_timesOut(Fault.Break silence) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      assertTimesOutAndGoesOn(reader, silence, new ArrayList<>(), stored);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void silenceBetweenPages_timesOut(Fault.Break silence) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      List<LogEntry> read = Reading.firstPage(reader);
      assertTimesOutAndGoesOn(reader, silence, read, stored);
    }
  }

  @Test
  void silence_timesOutTheCheck() throws Exception {
    LogBackend backend = backend(PageSettings.of(PAGE));
    proxy().inject(Fault.Break.STALL);
    Background<Boolean> check =
        Background.start(() -> {
          backend.check(Deadline.after(SHORT));
          return true;
        });

    assertThat(check.failure(PROMPTLY))
        .isInstanceOfSatisfying(
            LogBackendException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT));
  }

  private void assertTimesOutAndGoesOn(
      LogReader reader, Fault.Break silence, List<LogEntry> read, List<StoredLine> stored)
      throws Exception {
    proxy().inject(silence);
    // On a slow machine the time may be up before there is a request that could be given up.
    Duration wait = SHORT;
    while (proxy().faults() == 0) {
      assertTimesOut(reader, read, Deadline.after(wait));
      wait = wait.multipliedBy(2);
    }
    assertThat(proxy().awaitAbort(PROMPTLY)).as("the request is given up").isTrue();
    proxy().heal();
    Reading.restInto(read, reader, inTime());

    LogAssert.assertExactly(read, stored);
  }

  private void assertTimesOut(LogReader reader, List<LogEntry> read, Deadline deadline)
      throws InterruptedException {
    Background<LogBackendException> reading =
        Background.start(() -> Reading.untilFailure(read, reader, deadline));
    LogBackendException failure = reading.within(PROMPTLY);
    assertThat(failure.reason()).as("reason of %s", failure).isEqualTo(Reason.TIMED_OUT);
    Leaks.assertNone(failure, fixture());
  }
}
