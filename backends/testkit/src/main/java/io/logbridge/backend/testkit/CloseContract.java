// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.testkit.proxy.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is closed gives back what it held, and nothing else ends with it. */
class CloseContract extends BackendContract {

  private static final int PAGE = 20;

  CloseContract(StartedFixture started) {
    super(started);
  }

  @Test
  void closingAReader_canBeRepeatedAnywhere() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    LogBackend backend = backend(PageSettings.of(PAGE));
    closeTwice(backend.open(all(lines.container())));
    LogReader atThePage = backend.open(all(lines.container()));
    Reading.firstPage(atThePage);
    closeTwice(atThePage);
    LogReader atTheEnd = backend.open(all(lines.container()));
    Reading.rest(atTheEnd);
    closeTwice(atTheEnd);

    LogAssert.assertExactly(Reading.all(backend, all(lines.container())), stored);
  }

  @Test
  void closingAReader_leavesOthersAlone() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    LogBackend backend = backend(PageSettings.of(PAGE));
    try (LogReader reader = backend.open(all(lines.container()))) {
      List<LogEntry> read = Reading.firstPage(reader);
      LogReader other = backend.open(all(lines.container()));
      Reading.firstPage(other);
      other.close();
      Reading.restInto(read, reader, inTime());

      LogAssert.assertExactly(read, stored);
    }
  }

  @Test
  void closingAReader_givesBackWhatTheStoreHolds() throws Exception {
    Lines lines = lines();
    store(lines.numbered(10 * PAGE));
    int before = fixture().heldForReaders();
    LogBackend backend = backend(PageSettings.of(PAGE));
    for (int i = 0; i < 5; i++) {
      try (LogReader reader = backend.open(all(lines.container()))) {
        Reading.firstPage(reader);
      }
    }
    Reading.all(backend, all(lines.container()));

    awaitHeld(before);
  }

  @Test
  void closingAReaderInAnInterruptedThread_givesBackWhatTheStoreHolds() throws Exception {
    Lines lines = lines();
    store(lines.numbered(10 * PAGE));
    int before = fixture().heldForReaders();
    LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()));
    Reading.firstPage(reader);
    Background<Boolean> closing =
        Background.start(() -> {
          Thread.currentThread().interrupt();
          reader.close();
          return Thread.currentThread().isInterrupted();
        });

    assertThat(closing.within(PROMPTLY)).as("still interrupted").isTrue();
    awaitHeld(before);
  }

  @Test
  void closingAReader_doesNotWaitForASilentStore() throws Exception {
    Lines lines = lines();
    store(lines.numbered(10 * PAGE));
    LogReader reader = backend(PageSettings.of(PAGE)).open(all(lines.container()));
    Reading.firstPage(reader);
    proxy().inject(Fault.Break.STALL);
    Background<Boolean> closing =
        Background.start(() -> {
          reader.close();
          return true;
        });

    assertThat(closing.within(PROMPTLY)).isTrue();
  }

  @Test
  void closingAReader_doesNotFailWithTheStore() throws Exception {
    Lines lines = lines();
    store(lines.numbered(10 * PAGE));
    LogBackend backend = backend(PageSettings.of(PAGE));
    for (Trouble trouble : Trouble.all().toList()) {
      LogReader reader = backend.open(all(lines.container()));
      Reading.firstPage(reader);
      trouble.inflict().accept(proxy(), fixture());
      reader.close();
      proxy().heal();
    }
  }

  @Test
  void closingABackend_failsReadsUnderWay() throws Exception {
    Lines lines = lines();
    store(lines.numbered(10 * PAGE));
    LogBackend backend = backend(PageSettings.of(PAGE));
    proxy().inject(Fault.Break.STALL);
    Background<List<LogEntry>> reading =
        Background.start(() -> Reading.all(backend, all(lines.container())));
    assertThat(proxy().awaitFaults(1, CEILING)).as("the request").isTrue();
    backend.close();

    Throwable failure = reading.failure(PROMPTLY);
    assertThat(failure).isInstanceOf(LogBackendException.class);
    Leaks.assertNone(failure, fixture());
  }

  @Test
  void closingABackend_closesItsConnections() throws Exception {
    Lines lines = lines();
    store(lines.numbered(10 * PAGE));
    LogBackend backend = backend(PageSettings.of(PAGE));
    Reading.all(backend, all(lines.container()));
    backend.close();
    backend.close();

    // Not at the ceiling: by then idle connections have ended without anybody's doing.
    assertThat(proxy().awaitNoConnections(PROMPTLY)).as("no connection is left").isTrue();
  }

  @Test
  void closingABackend_leavesOthersAlone() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored = store(lines.numbered(10 * PAGE));
    LogBackend one = backend(PageSettings.of(PAGE));
    LogBackend other = backend(PageSettings.of(PAGE));
    Reading.all(one, all(lines.container()));
    try (LogReader reader = other.open(all(lines.container()))) {
      List<LogEntry> read = Reading.firstPage(reader);
      one.close();
      Reading.restInto(read, reader, inTime());

      LogAssert.assertExactly(read, stored);
    }
  }

  private void awaitHeld(int expected) {
    await().atMost(CEILING).until(() -> fixture().heldForReaders() <= expected);
  }

  private static void closeTwice(LogReader reader) {
    reader.close();
    reader.close();
  }
}
