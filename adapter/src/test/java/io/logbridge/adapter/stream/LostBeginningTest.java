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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class LostBeginningTest {

  private static final Instant START = Instant.parse("2026-08-20T10:00:00Z");
  private static final Instant LATE = START.plus(Duration.ofMinutes(5));
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");
  private static final LogOptions SINCE =
      new LogOptions(
          List.of(), START, null, null, null, false, null, false, false, LogFormat.TEXT, null);

  private final ListBackend store = new ListBackend(10);

  /** What the sink is told, in order. */
  private final List<String> told = new ArrayList<>();

  private void stream(LogOptions options, Instant... lines) {
    for (Instant line : lines) {
      store.add(BUILD, LogEntry.of(line, LogStream.STDOUT, "at " + line));
    }
    LogPlan plan =
        new LogPlan(
            new LogName("ns", "r", "run"),
            List.of(
                new ContainerLog(
                    BUILD, new TimeRange(START, START.plusSeconds(7200)), null, "build")),
            options,
            false,
            true,
            null,
            null);
    LogSink sink =
        new LogSink() {
          @Override
          public void write(byte[] chunk) {
            told.add(new String(chunk, StandardCharsets.UTF_8));
          }

          @Override
          public void warn(String warning) {
            told.add("warning: " + warning);
          }
        };
    new LogStreamer(store, plan, sink, new CallScope(Deadline.never())).run();
  }

  @Test
  void aLogWhoseFirstLinesTheStoreHasDeleted_isSentWithAWarning() {
    store.oldest = LATE.minusSeconds(1);

    stream(LogOptions.NONE, LATE, LATE.plusSeconds(1));

    assertThat(told)
        .containsExactly(
            "warning: List has no lines from before 2026-08-20T10:04:59Z, and this log is from"
                + " 2026-08-20T10:00:00Z on: its beginning may be missing (expected: a time within"
                + " the retention)",
            "at 2026-08-20T10:05:00Z\nat 2026-08-20T10:05:01Z\n");
  }

  @Test
  void aLogThatBeginsSoon_isNotLookedInto() {
    store.oldest = START.plusSeconds(1);

    stream(LogOptions.NONE, LATE.minusNanos(1));

    assertThat(told).containsExactly("at 2026-08-20T10:04:59.999999999Z\n");
  }

  @Test
  void aLogThatBeginsLateInAStoreThatHasOlderLines_isComplete() {
    store.oldest = START;

    stream(LogOptions.NONE, LATE);

    assertThat(told).containsExactly("at 2026-08-20T10:05:00Z\n");
  }

  @Test
  void theFirstLineOfANewStore_isNotTheRestOfALog() {
    store.oldest = LATE;

    stream(LogOptions.NONE, LATE);

    assertThat(told).containsExactly("at 2026-08-20T10:05:00Z\n");
  }

  @Test
  void aLogThatIsWantedFromATimeOn_hasThatBeginning() {
    store.oldest = LATE.minusSeconds(1);

    stream(SINCE, LATE);

    assertThat(told).containsExactly("at 2026-08-20T10:05:00Z\n");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void aStoreThatRefusesToTell_doesNotFailTheLog(Reason reason) {
    store.oldestFailure = new LogBackendException(reason, "no");

    stream(LogOptions.NONE, LATE);

    assertThat(told).containsExactly("at 2026-08-20T10:05:00Z\n");
  }
}
