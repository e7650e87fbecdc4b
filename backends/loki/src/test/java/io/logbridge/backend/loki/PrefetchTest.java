// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.http.Pieces;
import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.backend.paging.Window;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.backend.testkit.StoredLine;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import io.logbridge.backend.testkit.proxy.ProxiedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs in pages of 49 lines, of which a request asks for one more. */
class PrefetchTest {

  private static final Duration CEILING = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(1);
  private static final long STRIDE = 47_040_000; // of 49 ms, less 4 in 100
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(10));
  private static final ContainerRef CONTAINER =
      new ContainerRef("ci", "run-pod", "7c1d6f0e-1f35-4b8c-9d52-3f6a5b0e9c11", "step-a");

  private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();
  private final List<StoredLine> lines = new ArrayList<>();
  private FakeLoki loki;
  private FaultProxy proxy;
  private LogBackend backend;
  private Instant time = START;

  @BeforeEach
  void start() throws Exception {
    loki = FakeLoki.start(FakeOptions.DEFAULT);
    proxy = FaultProxy.start(loki.uri(), requests::add);
    Map<String, String> settings = LokiLayout.PROMTAIL.settings();
    settings.put("url", proxy.uri().toString());
    settings.put("pageSize.initial", "49");
    settings.put("pageSize.max", "49");
    backend = TestBackends.open(settings, END);
  }

  @AfterEach
  void stop() {
    backend.close();
    proxy.close();
    loki.close();
  }

  @Test
  void steadyLog_isAskedForInStridesThatOverlap() throws Exception {
    write(1000, STEP);
    push();

    assertThat(texts(LogQuery.Direction.FORWARD)).isEqualTo(written());
    List<Long> starts = requests.stream().map(PrefetchTest::start).sorted().toList();
    // The first three answers are one behind the other, and so is the fourth request, which was
    // sent
    // before it was known that they are alike.
    assertThat(starts).startsWith(at(0), at(49), at(98), at(147));
    for (int i = 4; i < 20; i++) {
      assertThat(starts.get(i) - starts.get(i - 1)).isEqualTo(STRIDE);
    }
  }

  @Test
  void steadyLog_hasTwoRequestsUnderWay() throws Exception {
    write(1000, STEP);
    push();
    proxy.inject(request -> start(request) > at(400), Fault.Break.STALL);
    FutureTask<List<String>> read = new FutureTask<>(() -> texts(LogQuery.Direction.FORWARD));
    Thread.ofVirtual().start(read);

    assertThat(proxy.awaitFaults(2, CEILING)).isTrue();
    proxy.heal();
    assertThat(read.get()).isEqualTo(written());
  }

  @Test
  void logReadBackward_isAskedForOneBehindTheOther() throws Exception {
    write(500, STEP);
    push();

    assertThat(texts(LogQuery.Direction.BACKWARD)).isEqualTo(written().reversed());
    assertThat(requests).hasSize(11);
  }

  @Test
  void logReadBackward_hasOneRequestUnderWay() throws Exception {
    write(500, STEP);
    push();
    LogQuery query =
        new LogQuery(
            CONTAINER, new TimeRange(START, END), LogQuery.Direction.BACKWARD, LogQuery.ALL);
    try (LogReader reader = backend.open(query)) {
      for (int page = 1; page <= 8; page++) {
        assertThat(reader.read(Deadline.after(CEILING)).entries()).hasSize(49);
        int sent = page == 1 ? 1 : page + 1;
        await().atMost(CEILING).until(() -> requests.size() == sent && proxy.awaitIdle(CEILING));
      }
    }
  }

  @Test
  void burstAfterSteadyLines_costsTheRequestsThatWereSentForLater() throws Exception {
    write(300, STEP);
    write(700, Duration.ofNanos(100));
    push();

    assertThat(texts(LogQuery.Direction.FORWARD)).isEqualTo(written());
    assertThat(requests).hasSizeLessThan(1000 / 49 + 8);
  }

  @Test
  void linesThatComeSlowerThanBefore_costTheRequestsThatWereSentForLater() throws Exception {
    write(300, STEP);
    write(700, Duration.ofSeconds(1));
    push();

    assertThat(texts(LogQuery.Direction.FORWARD)).isEqualTo(written());
    assertThat(requests).hasSizeLessThan(1000 / 49 + 8);
  }

  @Test
  void linesThatComeALittleFaster_areReadBeforeWhatWasAskedFor() throws Exception {
    write(300, STEP);
    write(700, STEP.multipliedBy(9).dividedBy(10));
    push();

    assertThat(texts(LogQuery.Direction.FORWARD)).isEqualTo(written());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void logOfManyPaces_isReadToTheLine(long seed) throws Exception {
    Random random = new Random(seed);
    while (lines.size() < 2000) {
      long step = (long) Math.pow(10, random.nextInt(10));
      for (int left = random.nextInt(400); left > 0; left--) {
        int ofOneInstant = random.nextInt(10) == 0 ? 1 + random.nextInt(20) : 1;
        write(ofOneInstant - 1, Duration.ZERO);
        write(1, Duration.ofNanos(step + random.nextLong(step)));
      }
    }
    push();

    assertThat(texts(LogQuery.Direction.FORWARD)).isEqualTo(written());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12})
  void requestForFewerLinesThanTheOneBefore_isOfNoUseIfItEndsEarlier(int smallFrom)
      throws Exception {
    while (lines.size() < 1000) {
      write(150, STEP);
      write(150, STEP.multipliedBy(6).dividedBy(5));
    }
    push();
    List<String> read = new ArrayList<>();
    try (LogReader reader = backend.open(LogQuery.forward(CONTAINER, new TimeRange(START, END)))) {
      boolean last = false;
      for (int page = 0; !last; page++) {
        reader.aimAt(page >= smallFrom && page < smallFrom + 2 ? 600 : 1 << 20);
        LogPage next = reader.read(Deadline.after(CEILING));
        next.entries().forEach(entry -> read.add(entry.text()));
        last = next.last();
      }
    }

    assertThat(read).isEqualTo(written());
  }

  @Test
  void requestForFewerLines_isFollowedWhereItEnds() throws Exception {
    BlockingQueue<RangeRequest> asked = new LinkedBlockingQueue<>();
    Prefetch prefetch =
        new Prefetch((request, _, _) -> {
          asked.add(request);
          return new RangeOutcome.Answer(new Pieces(), new AnswerTimes(new Pieces()));
        });
    for (int i = 0; i < 3; i++) {
      prefetch.learn(new Entries(List.of(), List.of(), 51, 0, 5000, 0));
    }
    prefetch.askBehind(
        forward(0, 51),
        new AnswerTimes(new Pieces()),
        instant -> forward(instant, 11),
        Deadline.after(CEILING));

    assertThat(List.of(asked.take(), asked.take()))
        .containsExactlyInAnyOrder(forward(4800, 11), forward(4800 + 960, 11));
  }

  private static RangeRequest forward(long start, int limit) {
    return new RangeRequest(new Window(start, 1_000_000), limit, LogQuery.Direction.FORWARD);
  }

  @Test
  void limitThatARequestForLaterMeets_leadsBackToWhatComesNext() throws Exception {
    write(300, Duration.ofSeconds(1));
    push();
    long late = at(0) + Duration.ofSeconds(200).toNanos();
    proxy.inject(
        request -> start(request) > late && length(request) > 1_500_000_000L,
        new Fault.Answer(
            HttpAnswer.of(400, "text/plain", "the query would read too many bytes (query: 5GiB)")));

    TimeRange range = new TimeRange(START, START.plusSeconds(300));
    assertThat(Reading.all(backend, LogQuery.forward(CONTAINER, range)))
        .extracting(LogEntry::text)
        .isEqualTo(written());
  }

  @Test
  void requestThatWasOneTooMany_isSentAgainWhenItsTurnComes() throws Exception {
    write(1000, STEP);
    push();
    proxy.injectAt(6, new Fault.Answer(HttpAnswer.of(429, "text/plain", "too many")));

    assertThat(texts(LogQuery.Direction.FORWARD)).isEqualTo(written());
  }

  @Test
  void readerThatIsClosed_givesUpItsRequests() throws Exception {
    write(1000, STEP);
    push();
    proxy.inject(request -> start(request) > at(400), Fault.Break.STALL);
    LogReader reader = backend.open(LogQuery.forward(CONTAINER, new TimeRange(START, END)));
    for (int i = 0; i < 5; i++) {
      assertThat(reader.read(Deadline.after(CEILING)).last()).isFalse();
    }
    FutureTask<Object> read =
        new FutureTask<>(() -> {
          while (!reader.read(Deadline.after(CEILING)).last()) {}
          return "";
        });
    Thread thread = Thread.ofVirtual().start(read);
    assertThat(proxy.awaitFaults(2, CEILING)).isTrue();
    thread.interrupt();
    thread.join();
    reader.close();

    assertThat(proxy.awaitIdle(CEILING)).isTrue();
  }

  private void write(int count, Duration step) {
    for (int i = 0; i < count; i++) {
      lines.add(StoredLine.of(CONTAINER, time, LogStream.STDOUT, "line " + lines.size()));
      time = time.plus(step);
    }
  }

  private void push() throws Exception {
    try (LokiPusher pusher = new LokiPusher(loki.uri(), LokiLayout.PROMTAIL)) {
      pusher.push(lines);
    }
  }

  private List<String> texts(LogQuery.Direction direction) throws InterruptedException {
    LogQuery query = new LogQuery(CONTAINER, new TimeRange(START, END), direction, LogQuery.ALL);
    return Reading.all(backend, query).stream().map(LogEntry::text).toList();
  }

  private List<String> written() {
    return lines.stream().map(StoredLine::text).toList();
  }

  /** When a line was written if all before it were, too, at the usual step. */
  private static long at(int line) {
    return nanos(START.plus(STEP.multipliedBy(line)));
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private static long start(ProxiedRequest request) {
    return parameter(request, "start");
  }

  /** Of the window, in nanoseconds. */
  private static long length(ProxiedRequest request) {
    return parameter(request, "end") - start(request);
  }

  private static long parameter(ProxiedRequest request, String name) {
    Matcher parameter = Pattern.compile(name + "=(\\d+)&").matcher(request.target());
    assertThat(parameter.find()).isTrue();
    return Long.parseLong(parameter.group(1));
  }
}
