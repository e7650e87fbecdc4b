// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.adapter.record.LogName;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class EmptyLogTest {

  private static final Instant START = Instant.parse("2026-08-20T10:00:00Z");
  private static final Instant END = START.plusSeconds(900);
  private static final Instant LONG_AFTER = END.plus(Duration.ofDays(1)).plusSeconds(1);
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");
  private static final ContainerRef TEST = new ContainerRef("ns", "pod", null, "step-test");

  private final ListBackend store = new ListBackend(10);
  private final List<String> warnings = new ArrayList<>();

  private void stream(LogOptions options, boolean settled) {
    LogPlan plan =
        new LogPlan(
            new LogName("ns", "r", "run"),
            List.of(
                new ContainerLog(BUILD, new TimeRange(START, END), null, "build"),
                new ContainerLog(TEST, new TimeRange(START.minusSeconds(60), END), null, "test")),
            options,
            false,
            settled,
            null,
            null);
    LogSink sink =
        new LogSink() {
          @Override
          public void write(byte[] chunk) {}

          @Override
          public void warn(String warning) {
            warnings.add(warning);
          }
        };
    new LogStreamer(store, plan, sink, new CallScope(Deadline.never())).run();
  }

  @Test
  void aLogThatIsOlderThanAllThatTheStoreHas_isNotFound() {
    store.oldest = LONG_AFTER;

    assertThatExceptionOfType(LogBackendException.class)
        .isThrownBy(() -> stream(LogOptions.NONE, true))
        .withMessage(
            "List has no lines from before 2026-08-21T10:15:01Z, and this log is from"
                + " 2026-08-20T09:59:00Z to 2026-08-20T10:15:00Z (expected: a time within its"
                + " retention)")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void aLogOfAboutTheTimeOfTheOldestLine_isOnlyDoubted() {
    store.oldest = LONG_AFTER.minusSeconds(1);

    stream(LogOptions.NONE, true);

    assertThat(warnings).hasSize(1).first().asString().startsWith("the store has no lines of this");
  }

  @Test
  void aStoreThatDoesNotTell_isOnlyDoubted() {
    stream(LogOptions.NONE, true);

    assertThat(warnings).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void aStoreThatRefusesToTell_doesNotFailALogThatHasBeenRead(Reason reason) {
    store.oldestFailure = new LogBackendException(reason, "no");

    stream(LogOptions.NONE, true);

    assertThat(warnings).hasSize(1);
  }

  @Test
  void aLogWithALine_isNotLookedInto() {
    store.oldestFailure = new LogBackendException(Reason.UNAVAILABLE, "asked");
    store.oldest = LONG_AFTER;
    store.add(TEST, LogEntry.of(START, LogStream.STDOUT, "hello"));

    stream(LogOptions.NONE, true);

    assertThat(warnings).isEmpty();
  }

  @Test
  void aLogWhoseLinesMayStillCome_isNotLookedInto() {
    store.oldest = LONG_AFTER;

    stream(LogOptions.NONE, false);

    assertThat(warnings).isEmpty();
  }
}
