// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.record.LogName;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last lines of a log are the same, whether or not they can be held. */
class LogTailTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");
  private static final ContainerRef TEST = new ContainerRef("ns", "pod", null, "step-test");
  private static final int LINES = 3_000;

  private final ListBackend backend = new ListBackend(100);
  private final CollectingSink sink = new CollectingSink();

  /** Lines of both streams, seven of one time, a third of them in pieces among each other's. */
  private void fill(ContainerRef container) {
    for (int i = 0; i < LINES; i += 3) {
      Instant at = T0.plusMillis(i / 7);
      add(container, at, LogStream.STDOUT, i + " begins,", true);
      add(container, at, LogStream.STDERR, i + 1 + " begins,", true);
      add(container, at, LogStream.STDOUT, " goes on", false);
      add(container, at, LogStream.STDERR, " and ends", false);
      add(container, at, LogStream.STDOUT, i + 2 + " in one", false);
    }
  }

  private void add(
      ContainerRef container, Instant at, LogStream stream, String text, boolean partial) {
    backend.add(container, new LogEntry(at, stream, text, partial));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "1, 100000",
    "10, 0",
    "700, 0",
    "700, 400",
    "700, 5000",
    "2999, 1000",
    "3000, 0",
    "3001, 4000",
    "4500, 0",
    "4500, 3000",
    "4500, 6000",
    "5999, 0",
    "6000, 0",
    "9000, 0",
    "9000, 100000",
  })
  void theLastLines_areThoseOfTheWholeLog(int tail, int room) {
    fill(BUILD);
    fill(TEST);
    new LogStreamer(backend, plan(null, null), sink, scope()).run();
    List<String> all = sink.text().lines().toList();
    CollectingSink last = new CollectingSink();

    read(plan(tail, null), tail, room, last);

    assertThat(all).hasSize(2 * LINES);
    assertThat(last.text().lines())
        .containsExactlyElementsOf(all.subList(Math.max(0, all.size() - tail), all.size()));
  }

  @Test
  void aLineThatNeverEnds_isOne() {
    fill(BUILD);
    add(BUILD, T0.plusSeconds(60), LogStream.STDERR, "no end", true);
    CollectingSink last = new CollectingSink();

    read(plan(2, null), 2, 0, last);

    assertThat(last.text()).isEqualTo("2999 in one\nno end\n");
  }

  @Test
  void anEntryOfSeveralLines_isSeveral() {
    for (int i = 0; i < 1_000; i++) {
      backend.add(
          BUILD, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, i + " one\n" + i + " two"));
    }
    CollectingSink last = new CollectingSink();

    read(plan(3, null), 3, 0, last);

    assertThat(last.text()).isEqualTo("998 two\n999 one\n999 two\n");
  }

  @Test
  void whatCanBeHeld_isReadOnce_andTheRestFromItsTimeOn() {
    fill(BUILD);

    read(plan(100, null), 100, 100_000, new CollectingSink());
    assertThat(directions()).containsExactly(Direction.BACKWARD);
    backend.queries.clear();
    read(plan(100, null), 100, 0, new CollectingSink());

    assertThat(directions()).containsExactly(Direction.BACKWARD, Direction.FORWARD);
    assertThat(backend.queries.getLast().range().start()).isAfter(T0.plusMillis(330));
  }

  @Test
  void moreThanAnybodyHolds_canBeAskedFor() {
    for (int i = 0; i < 250_000; i++) {
      backend.add(BUILD, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, "x"));
    }
    AtomicLong bytes = new AtomicLong();

    new LogStreamer(backend, plan(200_000, null), chunk -> bytes.addAndGet(chunk.length), scope())
        .run();

    assertThat(bytes).hasValue(400_000);
    assertThat(directions()).containsExactly(Direction.BACKWARD, Direction.FORWARD);
  }

  @Test
  void longLines_areNotHeldForEver() {
    String text = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      backend.add(BUILD, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, text));
    }
    AtomicLong bytes = new AtomicLong();

    new LogStreamer(backend, plan(35, null), chunk -> bytes.addAndGet(chunk.length), scope()).run();

    assertThat(bytes).hasValue(35L * (text.length() + 1));
  }

  @Test
  void whoHasEnough_endsTheReading() {
    fill(BUILD);
    LogPlan plan = plan(2_000, 20L);
    List<Integer> pages = new ArrayList<>();
    backend.hook = pages::add;

    read(plan, 2_000, 0, new CollectingSink());

    int backward = pages.lastIndexOf(1);
    assertThat(pages.subList(backward, pages.size())).hasSizeLessThan(pages.size() / 2);
  }

  /** In which the first container was read; the second is empty there. */
  private List<Direction> directions() {
    return backend.queries.stream()
        .filter(query -> query.container().equals(BUILD))
        .map(LogQuery::direction)
        .toList();
  }

  private void read(LogPlan plan, int tail, int room, CollectingSink to) {
    LimitedSink limited = new LimitedSink(to, plan.options());
    ChunkWriter out = new ChunkWriter(limited);
    LineFormat format = LineFormat.of(plan, out);
    new LogTail(backend, plan, Map.of(), scope(), new LogTail.Room(room, Long.MAX_VALUE))
        .read(
            tail,
            (part, toDrop, entries) -> {
              LineAssembler lines = new LineAssembler(new LastLines(format.lines(part), toDrop));
              entries.to(
                  entry -> {
                    lines.accept(entry);
                    out.flush();
                  },
                  limited::isFull);
              lines.finish();
            });
    out.flush();
  }

  private static CallScope scope() {
    return new CallScope(Deadline.never());
  }

  private LogPlan plan(@Nullable Integer tail, @Nullable Long limit) {
    LogOptions options =
        new LogOptions(
            List.of(), null, null, tail, limit, false, null, false, false, LogFormat.TEXT, null);
    return new LogPlan(
        new LogName("ns", "r", "run"),
        List.of(BUILD, TEST).stream()
            .map(container ->
                new ContainerLog(container, new TimeRange(T0, null), null, container.container()))
            .collect(Collectors.toUnmodifiableList()),
        options,
        false,
        true,
        null,
        null);
  }
}
