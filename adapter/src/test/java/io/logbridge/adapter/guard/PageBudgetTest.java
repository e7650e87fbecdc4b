// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.LogStream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PageBudgetTest {

  private static final Duration CEILING = Duration.ofSeconds(30);
  private static final int MIB = 1 << 20;
  private static final LogEntry ENTRY =
      LogEntry.of(Instant.EPOCH, LogStream.STDOUT, "x".repeat(150));
  private static final long ENTRY_BYTES = 250;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Duration maxWait = CEILING;

  @Test
  void readersThatStallOneByOne_neverHoldMoreThanTheBudget() throws Exception {
    PageBudget budget = budget(64 * MIB);

    for (int i = 0; i < 256; i++) {
      Endless stalled = new Endless(budget);
      stalled.read(20);
      assertThat(budget.used()).isLessThanOrEqualTo(64 * MIB);
    }
  }

  @Test
  void aReaderAmongManyStalledOnes_goesOnInSmallPages() throws Exception {
    PageBudget budget = budget(4 * MIB);
    for (int i = 0; i < 15; i++) {
      new Endless(budget).read(20);
    }
    Endless last = new Endless(budget);

    last.read(100);

    assertThat(last.aims).hasSize(100).allMatch(aim -> aim >= PageBudget.SMALL_PAGE / 2);
    assertThat(last.aims.getLast()).isLessThan(2 * PageBudget.SMALL_PAGE);
  }

  @Test
  void pagesGrowForAReaderThatIsAlone_andItHasTwoOfThem() throws Exception {
    PageBudget budget = budget(64 * MIB);
    Endless reader = new Endless(budget);

    reader.read(10);

    assertThat(reader.aims.subList(0, 3)).containsExactly(131_072L, 524_000L, 2_096_000L);
    assertThat(reader.aims.getLast()).isGreaterThan(3 * MIB);
    assertThat(budget.used()).isEqualTo(2 * (reader.sizes.get(8) + reader.sizes.get(9)));
  }

  @Test
  void aClosedReader_givesBackAll() throws Exception {
    PageBudget budget = budget(64 * MIB);
    Endless reader = new Endless(budget);
    reader.read(10);

    reader.close();
    reader.close();

    assertThat(budget.used()).isZero();
    assertThat(gauge("used")).isZero();
    assertThat(gauge("max")).isEqualTo(64 * MIB);
  }

  @Test
  void aReadThatFails_holdsOnlyThePageBeforeIt() throws Exception {
    PageBudget budget = budget(64 * MIB);
    Endless reader = new Endless(budget);
    reader.read(3);
    reader.failure = new LogBackendException(Reason.UNAVAILABLE, "store is down");

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> reader.read(1)).hasMessage("store is down");
    }

    assertThat(budget.used()).isEqualTo(PageBudget.SMALL_PAGE + 2 * reader.sizes.get(2));
  }

  @Test
  void aPageLargerThanItsAim_isCountedWhole() throws Exception {
    PageBudget budget = budget(64 * MIB);
    Endless reader = new Endless(budget);
    reader.entries = 400_000;

    reader.read(1);

    assertThat(budget.used()).isEqualTo(PageBudget.SMALL_PAGE + 2 * 400_000 * ENTRY_BYTES);
    Endless other = new Endless(budget);
    other.read(1);
    assertThat(other.aims).containsExactly(PageBudget.SMALL_PAGE / 2);
  }

  @Test
  void aReaderMoreThanThereIsMemoryFor_waitsForTheFirstToEnd() throws Exception {
    PageBudget budget = budget(MIB);
    List<Endless> first = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      first.add(new Endless(budget));
      first.getLast().read(1);
    }
    Endless late = new Endless(budget);
    FutureTask<Void> reading = start(late);
    Awaitility.await().atMost(CEILING).until(() -> gauge("waiting.readers") == 1);

    first.getFirst().close();

    reading.get(CEILING.toSeconds(), TimeUnit.SECONDS);
    assertThat(late.aims).hasSize(1);
  }

  @Test
  void aReaderThatWaitsTooLong_isRefusedWithTheSettingThatLimitsIt() throws Exception {
    maxWait = Duration.ofMillis(10);
    PageBudget budget = budget(MIB);
    for (int i = 0; i < 4; i++) {
      new Endless(budget).read(1);
    }

    LogBackendException failure =
        catchThrowableOfType(LogBackendException.class, () -> new Endless(budget).read(1));

    assertThat(failure.reason()).isEqualTo(Reason.THROTTLED);
    assertThat(failure).hasMessageContaining("guard.pageMemory: 1048576");
    Endless hurried = new Endless(budget);
    hurried.deadline = Deadline.after(Duration.ZERO);
    assertThatThrownBy(() -> hurried.read(1))
        .isInstanceOfSatisfying(
            LogBackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
  }

  @Test
  void aReaderThatInsists_waitsForMemoryUntilItsDeadline() throws Exception {
    maxWait = Duration.ZERO;
    PageBudget budget = budget(MIB);
    List<Endless> first = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      first.add(new Endless(budget));
      first.getLast().read(1);
    }
    Endless hurried = new Endless(budget);
    hurried.insist();
    hurried.deadline = Deadline.after(Duration.ofMillis(1));
    assertThatThrownBy(() -> hurried.read(1))
        .isInstanceOfSatisfying(
            LogBackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
    Endless late = new Endless(budget);
    late.insist();
    FutureTask<Void> reading = start(late);
    Awaitility.await().atMost(CEILING).until(() -> gauge("waiting.readers") == 1);

    first.getFirst().close();

    reading.get(CEILING.toSeconds(), TimeUnit.SECONDS);
    assertThat(late.aims).hasSize(1);
  }

  @Test
  void aReaderThatIsCancelledWhileItWaits_takesNothing() throws Exception {
    PageBudget budget = budget(MIB);
    for (int i = 0; i < 4; i++) {
      new Endless(budget).read(1);
    }
    long before = budget.used();
    Endless late = new Endless(budget);
    FutureTask<Void> reading = start(late);
    Awaitility.await().atMost(CEILING).until(() -> gauge("waiting.readers") == 1);

    reading.cancel(true);

    Awaitility.await().atMost(CEILING).until(() -> gauge("waiting.readers") == 0);
    late.close();
    assertThat(budget.used()).isEqualTo(before);
  }

  private PageBudget budget(int bytes) {
    return new PageBudget("list", bytes, maxWait, meters);
  }

  private double gauge(String name) {
    return meters.get("logbridge.page.memory." + name).gauge().value();
  }

  private static FutureTask<Void> start(Endless reader) {
    FutureTask<Void> reading =
        new FutureTask<>(() -> {
          reader.read(1);
          return null;
        });
    Thread.ofVirtual().start(reading);
    return reading;
  }

  /** A log without end, whose pages are as large as they may be. */
  private static final class Endless {

    private final List<Long> aims = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();
    private final PagedReader reader;
    private Deadline deadline = Deadline.never();
    private RuntimeException failure;
    private long entries;

    Endless(PageBudget budget) {
      this.reader = new PagedReader(new Source(), budget);
    }

    void read(int pages) throws InterruptedException {
      for (int i = 0; i < pages; i++) {
        sizes.add(reader.read(deadline).bytes());
      }
    }

    void insist() {
      reader.insist();
    }

    void close() {
      reader.close();
    }

    private final class Source implements LogReader {

      private long aim;

      @Override
      public void aimAt(long bytes) {
        aim = bytes;
      }

      @Override
      public LogPage read(Deadline limit) {
        if (failure != null) {
          throw failure;
        }
        aims.add(aim);
        int count = (int) (entries > 0 ? entries : aim / ENTRY_BYTES);
        return new LogPage(Collections.nCopies(count, ENTRY), false);
      }

      @Override
      public void close() {}
    }
  }
}
