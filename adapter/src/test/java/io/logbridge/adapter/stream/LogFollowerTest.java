// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.Run.Attempt;
import io.logbridge.adapter.record.Run.Container;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.adapter.record.RunEvent;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(120)
class LogFollowerTest {

  private static final Duration CEILING = Duration.ofSeconds(30);
  private static final Duration DELAY = Duration.ofMinutes(10);
  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final LogName NAME = new LogName("ns", "r", "run");
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");
  private static final ContainerRef TEST = new ContainerRef("ns", "pod", null, "step-test");

  private final ListBackend backend = new ListBackend(10);
  private final CollectingSink sink = new CollectingSink();
  private final CallScope scope = new CallScope(Deadline.never());
  private final ManualTimer timer = new ManualTimer();
  private volatile Instant now = T0.plusSeconds(60);
  private volatile Duration patience = Duration.ofSeconds(30);
  private volatile TaskRun run = run(null, "step-build");
  private volatile List<RunEvent> events = List.of();
  private volatile @Nullable RequestException databaseFailure;
  private @Nullable Following following;

  @AfterEach
  void nothingIsLookedAtAnyMore() {
    if (following != null) {
      Awaitility.await()
          .atMost(CEILING)
          .untilAsserted(() -> {
            assertThat(following.containers()).isZero();
            assertThat(following.runs()).isZero();
            assertThat(backend.openReaders).hasValue(0);
          });
    }
  }

  @Test
  void whatIsThereAndWhatComes_isWrittenOnceUntilTheRunHasEnded() throws Exception {
    fill(BUILD, 0, 25);
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 25));

    fill(BUILD, 25, 60);
    awaitText(numbered(0, 60));
    fill(BUILD, 60, 61);
    awaitText(numbered(0, 61));

    endRun();
    awaitEnd(call);
    assertThat(sink.text()).isEqualTo(numbered(0, 61));
  }

  @Test
  void afterTheEndOfTheRun_linesAreAwaitedForAsLongAsTheForwarderMayTake() throws Exception {
    fill(BUILD, 0, 3);
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 3));
    run = run(now, "step-build");
    Instant end = now;
    now = now.plus(DELAY).minusSeconds(1);

    backend.add(BUILD, LogEntry.of(end.minusMillis(1), LogStream.STDOUT, "line 3"));
    awaitText(numbered(0, 4));
    assertThat(call).isNotDone();

    now = now.plusSeconds(2);
    awaitEnd(call);
    assertThat(sink.text()).isEqualTo(numbered(0, 4));
  }

  @Test
  void aLineThatArrivesLate_isWrittenWhenItComes_andNoneIsRepeated() throws Exception {
    fill(BUILD, 0, 5);
    fill(BUILD, 7, 10);
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 5) + numbered(7, 10));

    fill(BUILD, 5, 7);
    awaitText(numbered(0, 5) + numbered(7, 10) + numbered(5, 7));

    endRun();
    awaitEnd(call);
  }

  @Test
  void linesThatAreEqualInEverything_areAllWritten() throws Exception {
    for (int i = 0; i < 3; i++) {
      backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "same"));
    }
    CompletableFuture<Void> call = follow(options());
    awaitText("same\n".repeat(3));

    backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "same"));
    backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "same"));
    awaitText("same\n".repeat(5));

    endRun();
    awaitEnd(call);
  }

  @Test
  void aContainerThatTheRecordNamesLater_isTakenUp() throws Exception {
    fill(BUILD, 0, 3);
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 3));

    backend.add(TEST, LogEntry.of(T0.plusSeconds(70), LogStream.STDOUT, "tested"));
    run = run(null, "step-build", "step-test");
    awaitText(numbered(0, 3) + "[test] tested\n");

    endRun("step-build", "step-test");
    awaitEnd(call);
  }

  @Test
  void aRunThatHasNoPodYet_isAwaited() throws Exception {
    run = new TaskRun("t", "ns", "uid", null, T0, null, "", List.of(), List.of());
    CompletableFuture<Void> call = follow(options());
    Awaitility.await().atMost(CEILING).until(() -> timer.waiting() == 1);

    run = run(null, "step-build");
    fill(BUILD, 0, 3);
    awaitText(numbered(0, 3));

    endRun();
    awaitEnd(call);
  }

  @Test
  void piecesOfALine_areWrittenWhenItIsWhole_andLinesOfTwoContainersNeverMix() throws Exception {
    run = run(null, "step-build", "step-test");
    backend.add(BUILD, new LogEntry(T0, LogStream.STDOUT, "one, ", true));
    backend.add(TEST, LogEntry.of(T0.plusNanos(1), LogStream.STDOUT, "other"));
    CompletableFuture<Void> call = follow(options());
    awaitText("[test] other\n");

    backend.add(BUILD, new LogEntry(T0.plusNanos(2), LogStream.STDOUT, "two", false));
    awaitText("[test] other\n[build] one, two\n");

    endRun("step-build", "step-test");
    awaitEnd(call);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12, 25, 40})
  void tailLines_areTheLastLinesOfWhatIsThere_andThenWhatComes(int tail) throws Exception {
    fill(BUILD, 0, 25);
    CompletableFuture<Void> call = follow(options(tail, null));
    awaitText(numbered(Math.max(0, 25 - tail), 25));

    fill(BUILD, 25, 28);
    awaitText(numbered(Math.max(0, 25 - tail), 28));

    endRun();
    awaitEnd(call);
  }

  @Test
  void tailLines_reachBackBeyondWhatIsLookedAt() throws Exception {
    now = T0.plus(DELAY.multipliedBy(3));
    fill(BUILD, 0, 25);
    backend.add(BUILD, LogEntry.of(now.minusSeconds(1), LogStream.STDOUT, "new"));
    CompletableFuture<Void> call = follow(options(5, null));
    awaitText(numbered(21, 25) + "new\n");

    endRun();
    awaitEnd(call);
  }

  @Test
  void tailZero_isOnlyWhatComes() throws Exception {
    fill(BUILD, 0, 25);
    CompletableFuture<Void> call = follow(options(0, null));
    // From when on it takes what comes cannot be seen: so lines come until one has been written.
    AtomicInteger next = new AtomicInteger(25);
    Awaitility.await()
        .atMost(CEILING)
        .until(() -> {
          fill(BUILD, next.get(), next.incrementAndGet());
          timer.tick();
          return !sink.chunks.isEmpty();
        });
    int first = Integer.parseInt(sink.text().lines().findFirst().orElseThrow().substring(5));
    assertThat(first).isGreaterThanOrEqualTo(25);
    fill(BUILD, next.get(), next.get() + 3);
    awaitText(numbered(first, next.get() + 3));

    endRun();
    awaitEnd(call);
  }

  @Test
  void since_leavesOutWhatIsOlder() throws Exception {
    fill(BUILD, 0, 25);
    CompletableFuture<Void> call = follow(options(null, T0.plusMillis(20)));
    awaitText(numbered(20, 25));

    endRun();
    awaitEnd(call);
  }

  @Test
  void whatIsOlderThanTheForwardersDelay_comesFromTheStoreOnce() throws Exception {
    fill(BUILD, 0, 1_000);
    now = T0.plus(DELAY.multipliedBy(3));
    for (int i = 1_000; i < 1_100; i++) {
      backend.add(BUILD, LogEntry.of(now.minusMillis(2_000 - i), LogStream.STDOUT, "line " + i));
    }
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 1_100));

    endRun();
    awaitEnd(call);
    assertThat(sink.text()).isEqualTo(numbered(0, 1_100));
  }

  @Test
  void events_standBeforeLaterLines_andThoseThatBecomeKnownLaterWhereTheyDo() throws Exception {
    fill(BUILD, 0, 1);
    fill(BUILD, 2, 3);
    events = List.of(event(1, "Pulled"), event(9, "Started"));
    CompletableFuture<Void> call = follow(withEvents(null));
    String first =
        "line 0\n" + eventLine("001", "Pulled") + "line 2\n" + eventLine("009", "Started");
    awaitText(first);

    events = List.of(event(1, "Pulled"), event(5, "Late"), event(9, "Started"));
    awaitText(first + eventLine("005", "Late"));
    fill(BUILD, 10, 11);
    awaitText(first + eventLine("005", "Late") + "line 10\n");

    endRun();
    awaitEnd(call);
    assertThat(sink.text()).isEqualTo(first + eventLine("005", "Late") + "line 10\n");
  }

  /** Of two containers: while the first lines of one are written, those of the other are found. */
  @Test
  void events_standBehindLinesThatAreFoundWhileOthersAreWritten() throws Exception {
    run = run(null, "step-build", "step-test");
    fill(BUILD, 0, 1);
    String large = "x".repeat(40_000); // of which a part is written at once
    backend.add(TEST, LogEntry.of(T0, LogStream.STDOUT, large));
    events = List.of(event(1, "Pulled"));
    CountDownLatch look = new CountDownLatch(1);
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    backend.hookOf.put(BUILD, _ -> look.await());
    LogSink slow =
        chunk -> {
          sink.write(chunk);
          writing.countDown();
          await(goOn);
        };
    CompletableFuture<Void> call = follow(following(), withEvents(null), slow, scope);
    assertThat(writing.await(CEILING.toSeconds(), TimeUnit.SECONDS)).isTrue();

    look.countDown();
    Awaitility.await().atMost(CEILING).until(() -> timer.waiting() == 3);
    goOn.countDown();

    awaitText("[test] " + large + "\n[build] line 0\n" + eventLine("001", "Pulled"));
    endRun("step-build", "step-test");
    awaitEnd(call);
  }

  @Test
  void events_ofARunThatNeverGetsAPod_areWrittenAsTheyBecomeKnown() throws Exception {
    run = new TaskRun("t", "ns", "uid", null, T0, null, "", List.of(), List.of());
    CompletableFuture<Void> call = follow(withEvents(null));

    events = List.of(event(7, "ImagePullBackOff"));
    awaitText(eventLine("007", "ImagePullBackOff"));

    run = new TaskRun("t", "ns", "uid", null, T0, now, "Failed", List.of(), List.of());
    now = now.plus(DELAY).plusSeconds(1);
    awaitEnd(call);
    assertThat(sink.text()).isEqualTo(eventLine("007", "ImagePullBackOff"));
  }

  @Test
  void events_withATail_areThoseAmongTheLastLines_andAllThatCome() throws Exception {
    fill(BUILD, 0, 6);
    events = List.of(event(1, "Old"), event(4, "Among"));
    CompletableFuture<Void> call = follow(withEvents(3));
    String last = "line 3\n" + eventLine("004", "Among") + "line 4\nline 5\n";
    awaitText(last);

    events = List.of(event(1, "Old"), event(4, "Among"), event(8, "New"));
    awaitText(last + eventLine("008", "New"));

    endRun();
    awaitEnd(call);
  }

  @Test
  void events_withATailOfNothing_areThoseThatCome() throws Exception {
    fill(BUILD, 0, 6);
    events = List.of(event(4, "Known"));
    CompletableFuture<Void> call = follow(withEvents(0));
    Awaitility.await().atMost(CEILING).until(() -> timer.waiting() == 2);

    events = List.of(event(4, "Known"), event(8, "New"));
    awaitText(eventLine("008", "New"));

    endRun();
    awaitEnd(call);
    assertThat(sink.text()).isEqualTo(eventLine("008", "New"));
  }

  @Test
  void aThousandFollowersOfAContainer_costAsManyLooksAsOne() throws Exception {
    fill(BUILD, 0, 3);
    Following shared = following();
    List<CollectingSink> sinks = new ArrayList<>();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      CollectingSink own = new CollectingSink();
      sinks.add(own);
      calls.add(follow(shared, options(), own, scope));
    }
    Awaitility.await()
        .atMost(CEILING)
        .until(() -> sinks.stream().allMatch(own -> own.text().equals(numbered(0, 3))));
    Awaitility.await().atMost(CEILING).until(() -> timer.waiting() == 2);
    int before = backend.queries.size();

    fill(BUILD, 3, 5);
    timer.tick();
    Awaitility.await()
        .atMost(CEILING)
        .until(() -> sinks.stream().allMatch(own -> own.text().equals(numbered(0, 5))));

    assertThat(backend.queries).hasSize(before + 1);
    endRun();
    awaitEnd(CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])));
  }

  @Test
  void aClientThatLeaves_stopsTheLooksAtOnce() throws Exception {
    fill(BUILD, 0, 3);
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 3));

    scope.cancel();

    assertThatThrownBy(() -> call.get(CEILING.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancelledException.class);
  }

  @Test
  void callersWhomTheStoreKnows_shareNothing() throws Exception {
    backend.asksAsCaller = true;
    fill(BUILD, 0, 3);
    Following shared = following();
    Secret hers = Secret.of("hers");
    Secret his = Secret.of("his");
    CallScope other = new CallScope(Deadline.never());
    scope.askAs(hers);
    other.askAs(his);
    CollectingSink otherSink = new CollectingSink();
    CompletableFuture<Void> one = follow(shared, options(), sink, scope);
    CompletableFuture<Void> two = follow(shared, options(), otherSink, other);
    awaitText(numbered(0, 3));
    awaitText(otherSink, numbered(0, 3));

    assertThat(shared.containers()).isEqualTo(2);
    endRun();
    awaitEnd(one);
    awaitEnd(two);
    assertThat(backend.queries).extracting(LogQuery::caller).containsOnly(hers, his);
  }

  @Test
  void storeThatIsAskedAsUs_isGivenNobodysToken() throws Exception {
    fill(BUILD, 0, 3);
    scope.askAs(Secret.of("hers"));
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 3));
    endRun();
    awaitEnd(call);

    assertThat(backend.queries).isNotEmpty().extracting(LogQuery::caller).containsOnlyNulls();
  }

  @Test
  void aClientThatLeavesWhileOthersStay_disturbsNobody() throws Exception {
    fill(BUILD, 0, 3);
    Following shared = following();
    CallScope leaving = new CallScope(Deadline.never());
    CollectingSink other = new CollectingSink();
    CompletableFuture<Void> left = follow(shared, options(), other, leaving);
    CompletableFuture<Void> stays = follow(shared, options(), sink, scope);
    awaitText(numbered(0, 3));
    awaitText(other, numbered(0, 3));

    leaving.cancel();
    assertThatThrownBy(() -> left.get(CEILING.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancelledException.class);

    fill(BUILD, 3, 6);
    awaitText(numbered(0, 6));
    endRun();
    awaitEnd(stays);
  }

  @Test
  void theDeadline_endsTheCall() throws Exception {
    AtomicLong nanos = new AtomicLong();
    CallScope limited = new CallScope(Deadline.after(Duration.ofSeconds(5), nanos::get));
    CompletableFuture<Void> call = follow(following(), options(), sink, limited);
    Awaitility.await().atMost(CEILING).until(() -> timer.waiting() == 2);

    nanos.set(Duration.ofSeconds(6).toNanos());
    timer.tick();

    assertFailure(call, Code.DEADLINE_EXCEEDED, "the deadline passed while the run was followed");
  }

  @Test
  void limitBytes_endsTheCall() throws Exception {
    fill(BUILD, 0, 3);
    CompletableFuture<Void> call =
        follow(
            new LogOptions(
                List.of(), null, null, null, 10L, false, null, true, false, LogFormat.TEXT, null));

    awaitEnd(call);
    assertThat(sink.text()).isEqualTo("line 0\nlin");
  }

  @Test
  void aStoreThatFails_endsTheCallWithItsFailure() {
    fill(BUILD, 0, 3);
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 3));
    backend.hook =
        _ -> {
          throw new LogBackendException(Reason.UNAVAILABLE, "store is down");
        };

    assertThatThrownBy(() -> ticking(call))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(LogBackendException.class)
        .hasMessage("store is down");
  }

  @Test
  void aDatabaseThatIsAwayForAWhile_isWaitedFor_butARecordThatIsDeletedIsNot() throws Exception {
    fill(BUILD, 0, 3);
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 3));

    databaseFailure = new RequestException(Code.UNAVAILABLE, "the database does not answer");
    fill(BUILD, 3, 6);
    awaitText(numbered(0, 6));

    databaseFailure = new RequestException(Code.NOT_FOUND, "record not found");
    assertThatThrownBy(() -> ticking(call)).hasRootCauseMessage("record not found");
  }

  @Test
  void aClientThatDoesNotRead_losesItsPlaceWithAnErrorThatSaysSo() throws Exception {
    patience = Duration.ZERO;
    fill(BUILD, 0, 1);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    LogSink slow =
        _ -> {
          blocked.countDown();
          await(release);
        };
    CompletableFuture<Void> call = follow(following(), options(), slow, scope);
    assertThat(blocked.await(CEILING.toSeconds(), TimeUnit.SECONDS)).isTrue();

    for (int i = 1; i <= 100; i++) {
      backend.add(BUILD, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, "x".repeat(100_000)));
    }
    int pages = backend.pagesRead.get();
    Awaitility.await()
        .atMost(CEILING)
        .until(() -> {
          timer.tick();
          return backend.pagesRead.get() > pages + 12;
        });
    release.countDown();

    assertFailure(
        call,
        Code.RESOURCE_EXHAUSTED,
        "follow: the client reads more slowly than pod/step-build writes, and lines have been"
            + " missed (expected: a faster client; sinceTime goes on where this ended)");
  }

  @Test
  void aLogTooBusyToLookAtAllOfIt_isCheckedAtItsEnd() throws Exception {
    for (int i = 0; i < 100; i++) {
      backend.add(BUILD, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, "x".repeat(100_000)));
    }
    CompletableFuture<Void> call = follow(options());
    Awaitility.await()
        .atMost(CEILING)
        .until(() -> {
          timer.tick();
          return sink.text().length() == 100 * 100_001;
        });

    backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "much too late"));
    backend.insisting.clear();
    endRun();

    assertFailure(
        call,
        Code.DATA_LOSS,
        "follow: of pod/step-build 100 entries were found in time, and 101 are in the store"
            + " (expected: all of them; without follow the log is complete)");
    assertThat(backend.insisting)
        .as("the check, which is of all that the run wrote, is a part of a log that has begun")
        .anyMatch(query -> query.range().end() != null);
  }

  @Test
  void looksForWhatIsNew_areNotGivenUpBecauseOthersReadToo() throws Exception {
    fill(BUILD, 0, 3);
    CompletableFuture<Void> call = follow(options());
    awaitText(numbered(0, 3));

    assertThat(backend.insisting).contains(backend.queries.getFirst());
    endRun();
    awaitEnd(call);
  }

  private Following following() {
    following =
        new Following(
            backend,
            _ -> {
              RequestException failure = databaseFailure;
              if (failure != null) {
                throw failure;
              }
              return new FoundRun(NAME, run, List.of(), events);
            },
            new FollowSettings(DELAY, patience, timer),
            () -> now);
    return following;
  }

  private CompletableFuture<Void> follow(LogOptions options) {
    return follow(following(), options, sink, scope);
  }

  private CompletableFuture<Void> follow(
      Following shared, LogOptions options, LogSink to, CallScope call) {
    LogPlanner planner =
        new LogPlanner(
            new LogSettings(
                LogSettings.Prefix.AUTO,
                Duration.ZERO,
                DELAY,
                Duration.ofSeconds(2),
                LogSettings.Deletion.RECORD),
            () -> now);
    LogPlan plan = planner.plan(new FoundRun(NAME, run, List.of(), events), options);
    return CompletableFuture.runAsync(
        () ->
            new LogFollower(backend, shared, plan, found -> planner.plan(found, options), to, call)
                .run(NAME),
        Executors.newVirtualThreadPerTaskExecutor());
  }

  private static TaskRun run(@Nullable Instant end, String... containers) {
    List<Container> steps =
        List.of(containers).stream()
            .map(name -> new Container(name, name.substring("step-".length())))
            .toList();
    return new TaskRun(
        "t",
        "ns",
        "uid",
        null,
        T0,
        end,
        "",
        List.of(new Attempt("pod", T0, end, steps)),
        List.of());
  }

  private void endRun(String... containers) {
    String[] all = containers.length == 0 ? new String[] {"step-build"} : containers;
    run = run(now, all);
    now = now.plus(DELAY).plusSeconds(1);
  }

  private void awaitText(String expected) {
    awaitText(sink, expected);
  }

  private void awaitText(CollectingSink of, String expected) {
    Awaitility.await()
        .atMost(CEILING)
        .untilAsserted(() -> {
          timer.tick();
          assertThat(of.text()).isEqualTo(expected);
        });
  }

  private void awaitEnd(CompletableFuture<Void> call) throws Exception {
    ticking(call);
  }

  private void ticking(CompletableFuture<Void> call) throws Exception {
    Awaitility.await()
        .atMost(CEILING)
        .until(() -> {
          timer.tick();
          return call.isDone();
        });
    call.get(CEILING.toSeconds(), TimeUnit.SECONDS);
  }

  private void assertFailure(CompletableFuture<Void> call, Code code, String message) {
    assertThatThrownBy(() -> ticking(call))
        .cause()
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new CancelledException("interrupted", e);
    }
  }

  private static LogOptions options() {
    return options(null, null);
  }

  private static LogOptions withEvents(@Nullable Integer tail) {
    return new LogOptions(
        List.of(), null, null, tail, null, false, null, true, true, LogFormat.TEXT, null);
  }

  private static RunEvent event(long millis, String reason) {
    return new RunEvent(
        T0.plusMillis(millis),
        "Normal",
        reason,
        "Pod",
        "pod",
        "it",
        JsonNodeFactory.instance.objectNode());
  }

  private static String eventLine(String millis, String reason) {
    return "2026-08-20T10:00:00.%s000000Z [event] Normal %s pod/pod: it\n"
        .formatted(millis, reason);
  }

  private static LogOptions options(@Nullable Integer tail, @Nullable Instant since) {
    return new LogOptions(
        List.of(), since, null, tail, null, false, null, true, false, LogFormat.TEXT, null);
  }

  private void fill(ContainerRef container, int from, int to) {
    for (int i = from; i < to; i++) {
      backend.add(container, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, "line " + i));
    }
  }

  private static String numbered(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }
}
