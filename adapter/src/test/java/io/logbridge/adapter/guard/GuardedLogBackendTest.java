// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.guard.GuardConfig.BreakerConfig;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GuardedLogBackendTest {

  private static final int CEILING_SECONDS = 30;
  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");

  private final ListBackend store = new ListBackend(10);
  private final List<Duration> pauses = new ArrayList<>();
  private final SteppedClock clock = new SteppedClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final GuardedLogBackend guarded = guarded(config(32, Duration.ofSeconds(5), 10));

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "TIMED_OUT", "THROTTLED", "MALFORMED"})
  void aFailureThatMayPass_isRepeatedAndNoLineIsLostOrDoubled(Reason reason) throws Exception {
    fill(25);
    failures(reason, 2);

    assertThat(readAll()).containsExactlyElementsOf(lines(25));
    assertThat(pauses).hasSize(2);
    assertThat(meters.get("logbridge.store.retries").counter().count()).isEqualTo(2);
  }

  @Test
  void linesThatCouldNotBeDecoded_areCountedOnce_alsoWhenPagesAreReadAgain() throws Exception {
    fill(25);
    failures(Reason.UNAVAILABLE, 2);
    store.undecodedPerPage = 2;

    readAll();
    readAll();

    assertThat(meters.get("logbridge.lines.undecoded").tag("name", "list").counter().count())
        .isEqualTo(12);
  }

  @Test
  void theOldestLine_isAskedForAgainWhenThatMayHelp() throws Exception {
    store.oldest = T0;
    failures(Reason.UNAVAILABLE, 2);

    assertThat(guarded.oldest(BUILD, Deadline.never())).contains(T0);
    assertThat(meters.get("logbridge.store.retries").counter().count()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "ACCESS_DENIED",
        "CALLER_DENIED",
        "BAD_QUERY",
        "INCOMPLETE",
        "NOT_FOUND",
        "MISCONFIGURED"
      })
  void aFailureThatWillNotPass_isNotRepeatedAndDoesNotOpenTheBreaker(Reason reason) {
    failures(reason, Integer.MAX_VALUE);

    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(this::readPage)
          .isInstanceOfSatisfying(
              LogBackendException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    assertThat(pauses).isEmpty();
    assertThat(guarded.breakerState()).isEqualTo("CLOSED");
  }

  @Test
  void deletionThatFails_isRepeated() throws Exception {
    fill(25);
    failures(Reason.UNAVAILABLE, 2);

    guarded.delete(BUILD, new TimeRange(T0, null), Deadline.after(Duration.ofSeconds(30)));

    assertThat(pauses).hasSize(2);
    assertThat(readAll()).isEmpty();
  }

  @Test
  void pausesGrow_andStayBelowTheirLimit() {
    failures(Reason.UNAVAILABLE, Integer.MAX_VALUE);

    assertThatThrownBy(this::readPage).hasMessage("store: UNAVAILABLE");

    assertThat(pauses).hasSize(3);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
    assertThat(pauses.get(2)).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
  }

  @Test
  void theStoresRetryAfter_isHonoured() throws Exception {
    fill(1);
    AtomicInteger calls = new AtomicInteger();
    store.hook =
        _ -> {
          if (calls.incrementAndGet() == 1) {
            throw new LogBackendException(
                Reason.THROTTLED, "slow down", Duration.ofSeconds(2), null);
          }
        };

    readAll();

    assertThat(pauses).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aRetryAfterBeyondTheDeadline_isHandedToTheCaller() {
    store.hook =
        _ -> {
          throw new LogBackendException(Reason.THROTTLED, "slow down", Duration.ofSeconds(3), null);
        };

    assertThatThrownBy(() -> readPage(Deadline.after(Duration.ofSeconds(2), () -> 0)))
        .isInstanceOfSatisfying(
            LogBackendException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(3)));
    assertThat(pauses).isEmpty();
  }

  @Test
  void aStoreThatKeepsFailing_isNotAskedAnyMoreAndTheCallerIsToldWhenToComeBack() {
    failures(Reason.UNAVAILABLE, Integer.MAX_VALUE);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(this::readPage).isInstanceOf(LogBackendException.class);
    }
    assertThat(guarded.breakerState()).isEqualTo("OPEN");
    store.hook =
        _ -> {
          throw new AssertionError("an open breaker must not ask the store");
        };
    clock.advance(Duration.ofSeconds(4));

    assertThatThrownBy(this::readPage)
        .isInstanceOfSatisfying(
            LogBackendException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(6));
              assertThat(e).hasMessageContaining("circuit breaker open");
            });
  }

  @Test
  void aStoreThatRecovers_isAskedAgainAfterTheBreakHasPassed() throws Exception {
    failures(Reason.UNAVAILABLE, Integer.MAX_VALUE);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(this::readPage).isInstanceOf(LogBackendException.class);
    }
    store.hook = _ -> {};
    fill(5);
    clock.advance(Duration.ofSeconds(11));

    for (int i = 0; i < 3; i++) {
      assertThat(readAll()).containsExactlyElementsOf(lines(5));
    }
    assertThat(guarded.breakerState()).isEqualTo("CLOSED");
  }

  @Test
  void failuresThatHaveAged_doNotOpenTheBreaker() {
    failures(Reason.UNAVAILABLE, Integer.MAX_VALUE);
    assertThatThrownBy(this::readPage).isInstanceOf(LogBackendException.class); // 4 of 10
    assertThatThrownBy(this::readPage).isInstanceOf(LogBackendException.class); // 8 of 10
    clock.advance(Duration.ofSeconds(60));
    assertThatThrownBy(this::readPage).isInstanceOf(LogBackendException.class);

    assertThat(guarded.breakerState()).isEqualTo("CLOSED");
  }

  @Test
  void retries_areOnlyAPartOfTheLoadWhileNothingSucceeds() {
    GuardedLogBackend neverOpens = guarded(config(32, Duration.ofSeconds(5), 1_000_000));
    failures(Reason.UNAVAILABLE, Integer.MAX_VALUE);
    AtomicInteger reads = new AtomicInteger();
    store.hook =
        _ -> {
          reads.incrementAndGet();
          throw new LogBackendException(Reason.UNAVAILABLE, "down");
        };

    for (int i = 0; i < 1000; i++) {
      assertThatThrownBy(() -> readPage(neverOpens, Deadline.never()))
          .isInstanceOf(LogBackendException.class);
    }

    assertThat(reads).hasValue(1020);
  }

  @Test
  void whenAllPlacesAreTaken_theCallerIsToldAfterTheWait() throws Exception {
    GuardedLogBackend narrow = guarded(config(1, Duration.ZERO, 10));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    store.hook =
        _ -> {
          reading.countDown();
          release.await();
        };
    CompletableFuture<LogPage> first =
        CompletableFuture.supplyAsync(() -> readPage(narrow, Deadline.never()));
    assertThat(reading.await(CEILING_SECONDS, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> readPage(narrow, Deadline.after(Duration.ofMillis(1))))
        .isInstanceOfSatisfying(
            LogBackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.THROTTLED));

    release.countDown();
    assertThat(first.get(CEILING_SECONDS, TimeUnit.SECONDS).last()).isTrue();
  }

  @Test
  void anInterruptWhileWaitingForAPlace_endsTheWaitAndLeaksNone() throws Exception {
    GuardedLogBackend narrow = guarded(config(1, Duration.ofMinutes(5), 10));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    store.hook =
        _ -> {
          reading.countDown();
          release.await();
        };
    CompletableFuture<LogPage> first =
        CompletableFuture.supplyAsync(() -> readPage(narrow, Deadline.never()));
    assertThat(reading.await(CEILING_SECONDS, TimeUnit.SECONDS)).isTrue();
    FutureTask<LogPage> waiting =
        new FutureTask<>(() -> {
          try (LogReader reader = narrow.open(query())) {
            return reader.read(Deadline.never());
          }
        });
    Thread waiter = Thread.ofVirtual().start(waiting);

    waiter.interrupt();

    assertThatThrownBy(() -> waiting.get(CEILING_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    release.countDown();
    first.get(CEILING_SECONDS, TimeUnit.SECONDS);
    assertThat(readPage(narrow, Deadline.never()).last()).isTrue();
  }

  @Test
  void readsOfACallerThatLeft_areNeitherSuccessNorFailure() {
    store.hook =
        _ -> {
          throw new InterruptedException();
        };
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(
              () -> {
                try (LogReader reader = guarded.open(query())) {
                  reader.read(Deadline.never());
                }
              })
          .isInstanceOf(InterruptedException.class);
    }

    assertThat(guarded.breakerState()).isEqualTo("CLOSED");
  }

  @Test
  void aCallersOwnShortDeadline_saysNothingAboutTheStore() {
    failures(Reason.TIMED_OUT, Integer.MAX_VALUE);
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> readPage(Deadline.after(Duration.ofMillis(1))))
          .isInstanceOf(LogBackendException.class);
    }

    assertThat(guarded.breakerState()).isEqualTo("CLOSED");
  }

  @Test
  void breakerAndBulkhead_areVisibleAsMetrics() {
    assertThat(meters.getMeters())
        .extracting(meter -> meter.getId().getName())
        .contains(
            "resilience4j.circuitbreaker.state",
            "resilience4j.bulkhead.available.concurrent.calls",
            "logbridge.store.retries");
  }

  private GuardedLogBackend guarded(GuardConfig config) {
    return new GuardedLogBackend(store, config, meters, clock, pauses::add);
  }

  private static GuardConfig config(int concurrentReads, Duration maxWait, int minimumReads) {
    return new GuardConfig(
        Duration.ofSeconds(30),
        concurrentReads,
        maxWait,
        64 << 20,
        4,
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        new BreakerConfig(Duration.ofSeconds(20), minimumReads, 50, Duration.ofSeconds(10)));
  }

  private void failures(Reason reason, int count) {
    AtomicInteger left = new AtomicInteger(count);
    store.hook =
        _ -> {
          if (left.getAndDecrement() > 0) {
            throw new LogBackendException(reason, "store: " + reason);
          }
        };
  }

  private void fill(int count) {
    for (String line : lines(count)) {
      store.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, line));
    }
  }

  private static List<String> lines(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("line " + i);
    }
    return lines;
  }

  private static LogQuery query() {
    return LogQuery.forward(BUILD, new TimeRange(T0, null));
  }

  private LogPage readPage() {
    return readPage(Deadline.never());
  }

  private LogPage readPage(Deadline deadline) {
    return readPage(guarded, deadline);
  }

  private static LogPage readPage(GuardedLogBackend backend, Deadline deadline) {
    try (LogReader reader = backend.open(query())) {
      return reader.read(deadline);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> readAll() throws InterruptedException {
    List<String> texts = new ArrayList<>();
    try (LogReader reader = guarded.open(query())) {
      LogPage page;
      do {
        page = reader.read(Deadline.never());
        page.entries().forEach(entry -> texts.add(entry.text()));
      } while (!page.last());
    }
    return texts;
  }

  private static final class SteppedClock extends Clock {
    private Instant now = T0;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
