// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A broken store is never taken for a short log: every fault fails the read with its reason, and
 * the read that is repeated when the fault is over goes on where the last page ended.
 */
class FaultContract extends BackendContract {

  private static final int PAGE = 20;
  private static final int LINES = 10 * PAGE + 3;
  private static final int MOST_REQUESTS = 100;

  FaultContract(StartedFixture started) {
    super(started);
  }

  static Stream<Trouble> troubles() {
    return Trouble.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void troubleAtTheFirstPage_failsAndCostsNoLine(Trouble trouble) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(LINES));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      assertFailsAndGoesOn(reader, trouble, new ArrayList<>(), stored);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void troubleBetweenPages_failsAndCostsNoLine(Trouble trouble) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(LINES));
    try (LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()))) {
      List<LogEntry> read = Reading.firstPage(reader);
      assertFailsAndGoesOn(reader, trouble, read, stored);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void troubleAtTheFirstPage_failsAlsoBackward(Trouble trouble) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(LINES));
    LogBackend backend = backend(PageSettings.of(PAGE));
    try (LogReader reader = backend.open(allBackward(lines.container(), LINES))) {
      assertFailsAndGoesOn(reader, trouble, new ArrayList<>(), stored.reversed());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void troubleFailsTheCheck(Trouble trouble) throws Exception {
    LogBackend backend = backend(PageSettings.of(PAGE));
    trouble.inflict().accept(proxy(), fixture());

    LogBackendException failure =
        catchThrowableOfType(LogBackendException.class, () -> backend.check(inTime()));

    assertFailure(failure, trouble.reason());
    proxy().heal();
    backend.check(inTime());
  }

  @Test
  void healthyStore_passesTheCheck() throws Exception {
    backend(PageSettings.of(PAGE)).check(inTime());
  }

  /** Whichever request breaks, the reader fails or gets over it, and no line is lost either way. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("single")
  void troubleOfOneRequest_costsNoLine(SingleTrouble trouble) throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(3 * PAGE + 3));
    LogBackend backend = backend(PageSettings.of(PAGE));
    boolean happened = true;
    for (int n = 1; happened; n++) {
      assertThat(n).as("requests for three pages").isLessThan(MOST_REQUESTS);
      int before = proxy().faults();
      proxy().injectAt(n, trouble.fault().apply(fixture()));
      List<LogEntry> read = new ArrayList<>();
      try (LogReader reader = backend.open(all(lines.container()))) {
        readOverFailures(reader, read, trouble);
      }
      LogAssert.assertExactly(read, stored);
      happened = proxy().faults() > before;
    }
  }

  static Stream<SingleTrouble> single() {
    return SingleTrouble.all();
  }

  @Test
  void troubleOfOneReader_isNotTroubleOfTheNext() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(LINES));
    LogBackend backend = backend(PageSettings.of(PAGE));
    for (Trouble trouble : troubles().toList()) {
      trouble.inflict().accept(proxy(), fixture());
      try (LogReader reader = backend.open(all(lines.container()))) {
        assertFailure(Reading.untilFailure(new ArrayList<>(), reader, inTime()), trouble.reason());
      }
      proxy().heal();
    }
    LogAssert.assertExactly(Reading.all(backend, all(lines.container())), stored);
  }

  private void readOverFailures(LogReader reader, List<LogEntry> read, SingleTrouble trouble)
      throws InterruptedException {
    try {
      Reading.restInto(read, reader, inTime());
    } catch (LogBackendException e) {
      assertFailure(e, trouble.reason());
      Reading.restInto(read, reader, inTime());
    }
  }

  private void assertFailsAndGoesOn(
      LogReader reader, Trouble trouble, List<LogEntry> read, List<StoredLine> stored)
      throws InterruptedException {
    trouble.inflict().accept(proxy(), fixture());
    assertFailure(Reading.untilFailure(read, reader, inTime()), trouble.reason());
    assertFailure(Reading.untilFailure(read, reader, inTime()), trouble.reason());
    proxy().heal();
    Reading.restInto(read, reader, inTime());
    LogAssert.assertExactly(read, stored);
  }

  private void assertFailure(LogBackendException failure, LogBackendException.Reason reason) {
    assertThat(failure).as("failure").isNotNull();
    assertThat(failure.reason()).as("reason of %s", failure).isEqualTo(reason);
    assertThat(failure.retryAfter()).as("retryAfter").isEmpty();
    assertThat(failure.getMessage()).as("message").isNotBlank();
    Leaks.assertNone(failure, fixture());
  }
}
