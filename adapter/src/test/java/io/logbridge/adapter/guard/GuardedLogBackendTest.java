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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardedLogBackendTest {

  private static final Duration CEILING = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");

  private final ListBackend store = new ListBackend(10);
  private final List<Duration> pauses = new ArrayList<>();
  private final SteppedClock clock = new SteppedClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Of a second backend, whose gauges would be those of the first one. */
  private final SimpleMeterRegistry own = new SimpleMeterRegistry();

  private Pausing duringPause = () -> {};
  private int others;
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
    GuardedLogBackend narrow = narrow(Duration.ZERO, 10);
    Other other = new Other(narrow);

    assertThatThrownBy(() -> readPage(narrow, Deadline.never()))
        .isInstanceOfSatisfying(
            LogBackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.THROTTLED))
        .hasMessage(
            "list is busy with 1 reads of ours, and the turn of this one did not come within 0 s");
    assertThat(pauses).isEmpty();

    assertThat(other.end().last()).isTrue();
  }

  @Test
  void aDeadlineBeforeTheEndOfTheWait_endsTheWait() throws Exception {
    GuardedLogBackend narrow = narrow(LONG, 10);
    Other other = new Other(narrow);

    assertThatThrownBy(() -> readPage(narrow, Deadline.after(Duration.ZERO)))
        .isInstanceOfSatisfying(
            LogBackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
        .hasMessage(
            "list is busy with 1 reads of ours, and the deadline came before the turn of this one");
    assertThat(pauses).isEmpty();

    other.end();
  }

  @Test
  void aLogThatHasBegun_waitsForItsTurnHoweverLongThatTakes() throws Exception {
    fill(25);
    GuardedLogBackend narrow = narrow(Duration.ZERO, 10);
    try (LogReader begun = narrow.open(query())) {
      assertThat(begun.read(Deadline.never()).last()).isFalse();
      Other other = new Other(narrow);
      FutureTask<LogPage> second = start(() -> begun.read(Deadline.never()));
      awaitWaiting(1);

      other.end();

      assertThat(get(second).entries())
          .extracting(LogEntry::text)
          .containsExactlyElementsOf(lines(25).subList(10, 20));
    }
  }

  @Test
  void aLogThatHasBegun_isRepeatedWithTheSamePatience() throws Exception {
    fill(25);
    GuardedLogBackend narrow = narrow(Duration.ZERO, 10);
    try (LogReader begun = narrow.open(query())) {
      begun.read(Deadline.never());
      failures(Reason.UNAVAILABLE, 1);
      List<Other> others = new ArrayList<>();
      duringPause = () -> others.add(new Other(narrow));
      FutureTask<LogPage> second = start(() -> begun.read(Deadline.never()));
      awaitWaiting(1);

      others.getFirst().end();

      assertThat(get(second).entries()).hasSize(10);
      assertThat(pauses).hasSize(1);
    }
  }

  @Test
  void aLogThatHasBegun_endsAtItsDeadlineAsAtAnyOther() throws Exception {
    fill(25);
    GuardedLogBackend narrow = narrow(Duration.ZERO, 10);
    try (LogReader begun = narrow.open(query())) {
      begun.read(Deadline.never());
      Other other = new Other(narrow);

      assertThatThrownBy(() -> begun.read(Deadline.after(Duration.ofMillis(1))))
          .isInstanceOfSatisfying(
              LogBackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));

      other.end();
      assertThat(narrow.breakerState()).isEqualTo("CLOSED");
    }
  }

  @Test
  void theNextContainerOfALogThatHasBegun_waitsLikeIt() throws Exception {
    fill(5);
    GuardedLogBackend narrow = narrow(Duration.ZERO, 10);
    try (LogReader next = narrow.open(query())) {
      next.insist();
      Other other = new Other(narrow);
      FutureTask<LogPage> first = start(() -> next.read(Deadline.never()));
      awaitWaiting(1);

      other.end();

      assertThat(get(first).entries()).hasSize(5);
    }
  }

  @Test
  void readsThatWait_haveTheirTurnInTheOrderInWhichTheyCame() throws Exception {
    GuardedLogBackend narrow = narrow(LONG, 10);
    Other other = new Other(narrow);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<FutureTask<LogPage>> reads = new ArrayList<>();
    for (String name : List.of("one", "two", "three", "four")) {
      ContainerRef container = new ContainerRef("ns", "pod", null, name);
      store.hookOf.put(container, _ -> order.add(name));
      reads.add(start(() -> read(narrow, container, Deadline.never())));
      awaitWaiting(reads.size());
    }

    other.end();
    for (FutureTask<LogPage> read : reads) {
      get(read);
    }

    assertThat(order).containsExactly("one", "two", "three", "four");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptWhileWaitingForAPlace_endsTheWaitAndLeaksNone(boolean insists) throws Exception {
    GuardedLogBackend narrow = narrow(LONG, 10);
    Other other = new Other(narrow);
    try (LogReader reader = narrow.open(query())) {
      if (insists) {
        reader.insist();
      }
      FutureTask<LogPage> waiting = new FutureTask<>(() -> reader.read(Deadline.never()));
      Thread waiter = Thread.ofVirtual().start(waiting);
      awaitWaiting(1);

      waiter.interrupt();

      assertThatThrownBy(() -> get(waiting))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
    }
    other.end();
    assertThat(readPage(narrow, Deadline.never()).last()).isTrue();
    assertThat(requests("running")).isZero();
  }

  @Test
  void aStoreThatGoesDownWhileReadsWait_isNotAskedByThem() throws Exception {
    GuardedLogBackend narrow = narrow(LONG, 1);
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    store.hook =
        _ -> {
          asked.incrementAndGet();
          release.await();
          throw new LogBackendException(Reason.UNAVAILABLE, "down");
        };
    List<FutureTask<LogPage>> reads = new ArrayList<>();
    for (int i = 0; i <= 5; i++) {
      reads.add(start(() -> read(narrow, BUILD, Deadline.never())));
      awaitWaiting(i);
    }

    release.countDown();

    assertThatThrownBy(() -> get(reads.getFirst())).hasRootCauseMessage("down");
    for (FutureTask<LogPage> waited : reads.subList(1, 6)) {
      assertThatThrownBy(() -> get(waited))
          .hasRootCauseMessage(
              "list has failed too often and is not asked for the moment (circuit breaker open)");
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void whileAStoreIsTriedAgain_readsThatWaitTakeNoTrial() throws Exception {
    GuardedLogBackend narrow = guarded(config(2, LONG, 1), own);
    Other hanging = new Other(narrow);
    failures(Reason.UNAVAILABLE, 1);
    assertThatThrownBy(() -> readPage(narrow, Deadline.never())).hasMessage("store: UNAVAILABLE");
    assertThat(narrow.breakerState()).isEqualTo("OPEN");
    clock.advance(Duration.ofSeconds(11));
    Other trial = new Other(narrow);
    List<FutureTask<LogPage>> reads = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      reads.add(start(() -> read(narrow, BUILD, Deadline.never())));
      awaitWaiting(i);
    }
    assertThat(narrow.breakerState()).isEqualTo("HALF_OPEN");

    trial.end();

    for (FutureTask<LogPage> read : reads) {
      assertThat(get(read).last()).isTrue();
    }
    assertThat(narrow.breakerState()).isEqualTo("CLOSED");
    hanging.end();
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
  void theBreaker_isVisibleAsMetrics() {
    assertThat(meters.getMeters())
        .extracting(meter -> meter.getId().getName())
        .contains("resilience4j.circuitbreaker.state", "logbridge.store.retries");
  }

  @Test
  void requests_areCountedWhileTheyRunAndWhileTheyWait() throws Exception {
    GuardedLogBackend narrow = narrow(LONG, 10);
    Other other = new Other(narrow);
    FutureTask<LogPage> waiting = start(() -> read(narrow, BUILD, Deadline.never()));
    awaitWaiting(1);

    assertThat(requests("max")).isEqualTo(1);
    assertThat(requests("running")).isEqualTo(1);

    other.end();
    get(waiting);
    assertThat(requests("running")).isZero();
    assertThat(requests("waiting")).isZero();
  }

  private GuardedLogBackend guarded(GuardConfig config) {
    return guarded(config, meters);
  }

  private GuardedLogBackend guarded(GuardConfig config, SimpleMeterRegistry registry) {
    return new GuardedLogBackend(
        store,
        config,
        registry,
        clock,
        wait -> {
          pauses.add(wait);
          duringPause.run();
        });
  }

  /** With one place. */
  private GuardedLogBackend narrow(Duration maxWait, int minimumReads) {
    return guarded(config(1, maxWait, minimumReads), own);
  }

  private double requests(String name) {
    return own.get("logbridge.store.requests." + name).gauge().value();
  }

  private void awaitWaiting(int reads) {
    Awaitility.await().atMost(CEILING).until(() -> requests("waiting") == reads);
  }

  /** Somebody else's read, which has a place for as long as it is wanted. */
  private final class Other {

    private final CountDownLatch release = new CountDownLatch(1);
    private final FutureTask<LogPage> page;

    Other(GuardedLogBackend backend) throws InterruptedException {
      CountDownLatch reading = new CountDownLatch(1);
      ContainerRef container = new ContainerRef("ns", "pod", null, "other-" + others++);
      store.hookOf.put(
          container,
          _ -> {
            reading.countDown();
            release.await();
          });
      page = start(() -> read(backend, container, Deadline.never()));
      assertThat(reading.await(CEILING.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    LogPage end() throws Exception {
      release.countDown();
      return get(page);
    }
  }

  private static FutureTask<LogPage> start(Callable<LogPage> read) {
    FutureTask<LogPage> task = new FutureTask<>(read);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static LogPage get(FutureTask<LogPage> read) throws Exception {
    return read.get(CEILING.toSeconds(), TimeUnit.SECONDS);
  }

  private static LogPage read(GuardedLogBackend backend, ContainerRef container, Deadline deadline)
      throws InterruptedException {
    try (LogReader reader = backend.open(LogQuery.forward(container, new TimeRange(T0, null)))) {
      return reader.read(deadline);
    }
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
    try {
      return read(backend, BUILD, deadline);
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

  /** What happens while a failed read waits to be repeated. */
  @FunctionalInterface
  private interface Pausing {
    void run() throws InterruptedException;
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
