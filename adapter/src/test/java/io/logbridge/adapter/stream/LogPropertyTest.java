// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.record.LogName;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any lines, any page size, any failure: the bytes are exactly right, or the call is not OK. */
class LogPropertyTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");

  /** A line as it was written, and where a runtime cuts it into pieces. */
  record Line(LogStream stream, String text, int pieceLength) {

    Stream<LogEntry> entries(Instant at) {
      List<LogEntry> pieces = new ArrayList<>();
      int from = 0;
      while (text.length() - from > pieceLength) {
        pieces.add(new LogEntry(at, stream, text.substring(from, from + pieceLength), true));
        from += pieceLength;
      }
      pieces.add(new LogEntry(at, stream, text.substring(from), false));
      return pieces.stream();
    }
  }

  @Provide
  Arbitrary<List<Line>> logs() {
    Arbitrary<String> texts =
        Arbitraries.strings().withChars(" \tab\r\"\\\u001b{}é€").ofMaxLength(200);
    return net.jqwik.api.Combinators.combine(
            Arbitraries.of(LogStream.STDOUT, LogStream.STDERR),
            texts,
            Arbitraries.integers().between(1, 250))
        .as(Line::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void bytesAreExactlyRightOrTheCallIsNotOk(
      @ForAll("logs") List<Line> log,
      @ForAll @IntRange(min = 1, max = 20) int pageSize,
      @ForAll @Size(max = 2) Set<@IntRange(min = 1, max = 30) Integer> failingPages) {
    CollectingSink sink = new CollectingSink();

    boolean ok = stream(backend(log, pageSize, failingPages), LogOptions.NONE, sink);

    String expected = text(log);
    if (ok) {
      assertThat(sink.text()).isEqualTo(expected);
    } else {
      assertThat(failingPages).isNotEmpty();
      assertThat(expected).startsWith(sink.text());
    }
  }

  @Property(tries = 300)
  void theTailIsTheEndOfTheWholeLog(
      @ForAll("logs") List<Line> log,
      @ForAll @IntRange(min = 1, max = 20) int pageSize,
      @ForAll @IntRange(min = 1, max = 70) int lines) {
    CollectingSink sink = new CollectingSink();
    LogOptions tail =
        new LogOptions(
            List.of(), null, null, lines, null, false, null, false, false, LogFormat.TEXT, null);

    assertThat(stream(backend(log, pageSize, Set.of()), tail, sink)).isTrue();

    assertThat(sink.text())
        .isEqualTo(text(log.subList(Math.max(0, log.size() - lines), log.size())));
  }

  private static ListBackend backend(List<Line> log, int pageSize, Set<Integer> failingPages) {
    ListBackend backend = new ListBackend(pageSize);
    for (int i = 0; i < log.size(); i++) {
      log.get(i).entries(T0.plusNanos(i)).forEach(entry -> backend.add(BUILD, entry));
    }
    backend.hook =
        page -> {
          if (failingPages.contains(page)) {
            throw new LogBackendException(Reason.UNAVAILABLE, "down");
          }
        };
    return backend;
  }

  private static boolean stream(ListBackend backend, LogOptions options, CollectingSink sink) {
    LogPlan plan =
        new LogPlan(
            new LogName("ns", "r", "run"),
            List.of(new ContainerLog(BUILD, new TimeRange(T0, null), null, "build")),
            options,
            false,
            true,
            null,
            null);
    try {
      new LogStreamer(backend, plan, sink, new CallScope(Deadline.never())).run();
      return true;
    } catch (LogBackendException e) {
      return false;
    }
  }

  private static String text(List<Line> log) {
    StringBuilder text = new StringBuilder();
    log.forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }
}
