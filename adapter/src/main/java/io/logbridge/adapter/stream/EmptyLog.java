// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is said of a log in which nobody expects nothing to be. */
public final class EmptyLog {

  /** About a log there are others, even where little is built: as in Loki's backend. */
  private static final Duration AROUND = Duration.ofDays(1);

  private EmptyLog() {}

  /**
   * Tells the client of a log that it has got empty, if that is strange.
   *
   * @throws LogBackendException with {@link Reason#NOT_FOUND} if the store has only younger lines
   */
  static void report(LogPlan plan, LogBackend backend, LogSink sink, CallScope scope) {
    String warning = plan.warningOfNothing();
    if (warning == null) {
      return;
    }
    Optional<String> older =
        StoreTask.run("oldest-line", () -> older(backend, plan, scope.deadline()), scope);
    if (older.isPresent()) {
      throw new LogBackendException(Reason.NOT_FOUND, backend.type() + " " + older.get());
    }
    sink.warn(warning);
  }

  /**
   * Whether a store has only lines that are younger than a log. Blocks.
   *
   * @return what to say then, without a subject
   */
  public static Optional<String> older(LogBackend backend, LogPlan plan, Deadline deadline)
      throws InterruptedException {
    if (plan.parts().isEmpty() || !plan.hasEnded()) {
      return Optional.empty();
    }
    return OldestLine.of(plan.parts().getFirst(), backend, deadline)
        .flatMap(oldest -> older(oldest, plan));
  }

  private static Optional<String> older(Instant oldest, LogPlan plan) {
    Instant start = plan.parts().getFirst().range().start();
    Instant end = start;
    for (ContainerLog part : plan.parts()) {
      TimeRange range = part.range();
      start = range.start().isBefore(start) ? range.start() : start;
      end = range.end() != null && range.end().isAfter(end) ? range.end() : end;
    }
    return oldest.isAfter(end.plus(AROUND))
        ? Optional.of(
            "has no lines from before "
                + oldest
                + ", and this log is from "
                + start
                + " to "
                + end
                + " (expected: a time within its retention)")
        : Optional.empty();
  }
}
