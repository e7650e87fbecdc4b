// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.record.LogName;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LogStreamerTest {

  private static final int CEILING_SECONDS = 30;
  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");
  private static final ContainerRef TEST = new ContainerRef("ns", "pod", null, "step-test");
  private static final TimeRange ALL = new TimeRange(T0, null);

  private final ListBackend backend = new ListBackend(10);
  private final CollectingSink sink = new CollectingSink();
  private final CallScope scope = new CallScope(Deadline.never());

  @AfterEach
  void everyReaderIsClosed() {
    Awaitility.await()
        .atMost(CEILING_SECONDS, TimeUnit.SECONDS)
        .untilAtomic(backend.openReaders, org.hamcrest.Matchers.is(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 11, 30, 95})
  void everyLineIsWrittenOnceAndInOrder(int lines) {
    fill(BUILD, 0, lines);

    stream(LogOptions.NONE, false);

    assertThat(sink.text()).isEqualTo(numbered("", 0, lines));
  }

  @Test
  void severalContainers_areWrittenOneAfterTheOtherWithTheirPrefix() {
    fill(BUILD, 0, 12);
    fill(TEST, 0, 3);

    stream(LogOptions.NONE, true);

    assertThat(sink.text()).isEqualTo(numbered("[build] ", 0, 12) + numbered("[test] ", 0, 3));
  }

  @Test
  void onlyTheFirstContainer_mayBeRefusedBecauseOthersReadToo() {
    fill(BUILD, 0, 12);
    fill(TEST, 0, 3);

    stream(LogOptions.NONE, true);

    assertThat(backend.insisting).extracting(LogQuery::container).containsExactly(TEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9, 10, 14, 15, 16, 1000})
  void tailLines_areTheLastLinesOfTheWholeLog(int tail) {
    fill(BUILD, 0, 12);
    fill(TEST, 12, 15);

    stream(tail(tail), false);

    assertThat(sink.text()).isEqualTo(numbered("", Math.max(0, 15 - tail), 15));
  }

  @Test
  void tailZero_isNothingAndAsksForNothing() {
    fill(BUILD, 0, 12);

    stream(tail(0), false);

    assertThat(sink.chunks).isEmpty();
    assertThat(backend.queries).isEmpty();
  }

  @Test
  void tailOfALongLog_readsAboutTheLinesAskedForOnly() {
    fill(BUILD, 0, 100_000);

    stream(tail(10), false);

    assertThat(sink.text()).isEqualTo(numbered("", 99_990, 100_000));
    assertThat(backend.pagesRead)
        .hasValueLessThanOrEqualTo(28); // of 10: 10 lines and the look-back
  }

  @Test
  void tailCountsTheLinesOfAnEventOfSeveral() {
    backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "one\ntwo\nthree"));
    backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "four"));

    stream(tail(2), false);

    assertThat(sink.text()).isEqualTo("three\nfour\n");
  }

  @Test
  void tailKeepsAllPiecesOfItsFirstLine() {
    for (int i = 0; i < 20; i++) {
      backend.add(BUILD, new LogEntry(T0, LogStream.STDOUT, "piece" + i + " ", i < 19));
    }
    backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "last"));

    stream(tail(2), false);

    assertThat(sink.text().lines())
        .containsExactly(
            IntStream.range(0, 20).mapToObj(i -> "piece" + i + " ").collect(Collectors.joining()),
            "last");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 6, 7, 8, 40_000, 10_000_000})
  void limitBytes_cutsExactlyThere(long limit) {
    fill(BUILD, 0, 10_000);
    String all = numbered("", 0, 10_000);

    stream(
        new LogOptions(
            List.of(), null, null, null, limit, false, null, false, false, LogFormat.TEXT, null),
        false);

    assertThat(sink.text()).isEqualTo(all.substring(0, (int) Math.min(limit, all.length())));
  }

  @Test
  void limitBytes_neverCutsACharacterAndStopsReading() {
    for (int i = 0; i < 100_000; i++) {
      backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "😀"));
    }

    stream(
        new LogOptions(
            List.of(), null, null, null, 7L, false, null, false, false, LogFormat.TEXT, null),
        false);

    assertThat(sink.text()).isEqualTo("😀\n");
    assertThat(backend.pagesRead).hasValueLessThan(2_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 120, 250, 251, 32_768, 40_000, 90_000, 100_000, 10_000_000})
  void limitBytesOfJson_endsBehindTheLastObjectThatFits(long limit) {
    fill(BUILD, 0, 300);
    backend.add(BUILD, LogEntry.of(T0.plusSeconds(300), LogStream.STDOUT, "x".repeat(50_000)));
    fill(BUILD, 301, 600);
    stream(json(null), false);
    String all = sink.text();
    sink.chunks.clear();

    stream(json(limit), false);

    String fits = all.substring(0, (int) Math.min(limit, all.length()));
    assertThat(sink.text()).isEqualTo(fits.substring(0, fits.lastIndexOf('\n') + 1));
  }

  private static LogOptions json(Long limit) {
    return new LogOptions(
        List.of(), null, null, null, limit, false, null, false, false, LogFormat.NDJSON, null);
  }

  @Test
  void storeFailureOnALaterPage_endsTheCallAfterTheLinesBeforeIt() {
    fill(BUILD, 0, 35);
    backend.hook =
        page -> {
          if (page == 3) {
            throw new LogBackendException(Reason.UNAVAILABLE, "store is down");
          }
        };

    assertThatThrownBy(() -> stream(LogOptions.NONE, false))
        .isInstanceOf(LogBackendException.class)
        .hasMessage("store is down");
    assertThat(numbered("", 0, 35)).startsWith(sink.text());
  }

  @Test
  void cancelWhileAPageIsRead_interruptsTheReadAndEndsTheCall() throws Exception {
    fill(BUILD, 0, 35);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    backend.hook =
        page -> {
          if (page == 2) {
            reading.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.countDown();
              throw e;
            }
          }
        };
    CompletableFuture<Void> call = CompletableFuture.runAsync(() -> stream(LogOptions.NONE, false));
    assertThat(reading.await(CEILING_SECONDS, TimeUnit.SECONDS)).isTrue();

    scope.cancel();

    assertThatThrownBy(() -> call.get(CEILING_SECONDS, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancelledException.class);
    assertThat(interrupted.await(CEILING_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancelOfACallWhoseStoreTakesItsTime_doesNotWaitForIt(boolean backward) throws Exception {
    fill(BUILD, 0, 35);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    backend.hook =
        page -> {
          if (page == 2) {
            reading.countDown();
            awaitDespiteInterrupts(release);
          }
        };
    LogOptions options = backward ? tail(30) : LogOptions.NONE;
    CompletableFuture<Void> call = CompletableFuture.runAsync(() -> stream(options, false));
    assertThat(reading.await(CEILING_SECONDS, TimeUnit.SECONDS)).isTrue();
    if (!backward) { // the page is read ahead: it is waited for when the one before is written
      Awaitility.await()
          .atMost(CEILING_SECONDS, TimeUnit.SECONDS)
          .until(() -> !sink.chunks.isEmpty());
    }
    try {
      scope.cancel();

      assertThatThrownBy(() -> call.get(CEILING_SECONDS, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CancelledException.class);
      assertThat(backend.openReaders).hasPositiveValue();
    } finally {
      release.countDown();
    }
  }

  private static void awaitDespiteInterrupts(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException _) {
        // A store's client may be where nothing can interrupt it.
      }
    }
  }

  @Test
  void cancelBeforeTheFirstPage_readsNothing() {
    fill(BUILD, 0, 35);
    backend.hook = _ -> new CountDownLatch(1).await();
    scope.cancel();

    assertThatThrownBy(() -> stream(LogOptions.NONE, false)).isInstanceOf(CancelledException.class);
    assertThat(backend.pagesRead).hasValue(0);
  }

  @Test
  void aSinkThatDoesNotTake_stopsTheReadingOnePageAhead() throws Exception {
    for (int i = 0; i < 100; i++) {
      backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "x".repeat(16 * 1024)));
    }
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    LogSink slow =
        _ -> {
          blocked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new CancelledException("interrupted", e);
          }
        };
    CompletableFuture<Void> call =
        CompletableFuture.runAsync(
            () -> new LogStreamer(backend, plan(LogOptions.NONE, false), slow, scope).run());
    assertThat(blocked.await(CEILING_SECONDS, TimeUnit.SECONDS)).isTrue();
    Awaitility.await()
        .atMost(CEILING_SECONDS, TimeUnit.SECONDS)
        .untilAtomic(backend.pagesRead, org.hamcrest.Matchers.is(2));

    release.countDown();
    call.get(CEILING_SECONDS, TimeUnit.SECONDS);

    assertThat(backend.pagesRead).hasValue(11); // 10 of BUILD, 1 of TEST
  }

  @Test
  void aContainerThatNobodyKnows_isAnErrorThatNamesThoseOfTheRun() {
    LogPlan plan =
        new LogPlan(
            new LogName("ns", "r", "run"),
            List.of(new ContainerLog(TEST, ALL, null, "tset")),
            LogOptions.NONE,
            false,
            true,
            null,
            "container: \"tset\" (expected: one of step-test)");

    assertThatThrownBy(() -> new LogStreamer(backend, plan, sink, scope).run())
        .isInstanceOf(RequestException.class)
        .hasMessage("container: \"tset\" (expected: one of step-test)");
  }

  @Test
  void oneOutput_hasItsLinesOnly() {
    backend.add(BUILD, LogEntry.of(T0, LogStream.STDOUT, "out"));
    backend.add(BUILD, LogEntry.of(T0.plusNanos(1), LogStream.STDERR, "err"));

    stream(only(LogStream.STDERR), false);

    assertThat(sink.text()).isEqualTo("err\n");
  }

  @Test
  void oneOutput_ofAStoreThatDoesNotKnowIt_isAnError() {
    backend.add(BUILD, LogEntry.of(T0, LogStream.UNKNOWN, "either"));

    assertThatThrownBy(() -> stream(only(LogStream.STDERR), false))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(RequestException.Code.FAILED_PRECONDITION))
        .hasMessage(
            "stream: \"STDERR\" (expected: All, since the store does not say to which output a line"
                + " was written)");
  }

  private static LogOptions only(LogStream stream) {
    return new LogOptions(
        List.of(), null, null, null, null, false, null, false, false, LogFormat.TEXT, stream);
  }

  @Test
  void aRunWithMissingParts_endsWithThatErrorAfterAllThatThereIs() {
    fill(BUILD, 0, 3);
    LogPlan plan =
        new LogPlan(
            new LogName("ns", "r", "run"),
            List.of(new ContainerLog(BUILD, ALL, null, "build")),
            LogOptions.NONE,
            false,
            true,
            "the log lacks task-b",
            null);

    assertThatThrownBy(() -> new LogStreamer(backend, plan, sink, scope).run())
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(RequestException.Code.DATA_LOSS));
    assertThat(sink.text()).isEqualTo(numbered("", 0, 3));
  }

  private void stream(LogOptions options, boolean prefixed) {
    new LogStreamer(backend, plan(options, prefixed), sink, scope).run();
  }

  private static LogPlan plan(LogOptions options, boolean prefixed) {
    return new LogPlan(
        new LogName("ns", "r", "run"),
        List.of(
            new ContainerLog(BUILD, ALL, null, "build"), new ContainerLog(TEST, ALL, null, "test")),
        options,
        prefixed,
        true,
        null,
        null);
  }

  private static LogOptions tail(int lines) {
    return new LogOptions(
        List.of(), null, null, lines, null, false, null, false, false, LogFormat.TEXT, null);
  }

  private void fill(ContainerRef container, int from, int to) {
    for (int i = from; i < to; i++) {
      backend.add(container, LogEntry.of(T0.plusNanos(i), LogStream.STDOUT, "line " + i));
    }
  }

  private static String numbered(String prefix, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> prefix + "line " + i + "\n")
        .collect(Collectors.joining());
  }
}
