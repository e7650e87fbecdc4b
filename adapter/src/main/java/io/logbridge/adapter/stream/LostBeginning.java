// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is said of a log whose beginning the store may have deleted while it kept the rest. */
final class LostBeginning {

  /** So long a container may be silent, its image being pulled, before the store is asked. */
  private static final Duration QUIET = Duration.ofMinutes(5);

  private LostBeginning() {}

  /**
   * Warns the client if the store has no lines from when a log began. To be called before the first
   * line is sent.
   *
   * @param first the container whose line is the first of the log
   * @param firstLine when that was written
   */
  static void report(
      LogPlan plan,
      ContainerLog first,
      Instant firstLine,
      LogBackend backend,
      LogSink sink,
      CallScope scope) {
    Instant start = first.range().start();
    if (plan.options().since() != null || firstLine.isBefore(start.plus(QUIET))) {
      return;
    }
    Optional<Instant> oldest =
        StoreTask.run("oldest-line", () -> OldestLine.of(first, backend, scope.deadline()), scope);
    // A store whose oldest line is this one is as likely to be new as to have lost others.
    if (oldest.isPresent() && start.isBefore(oldest.get()) && oldest.get().isBefore(firstLine)) {
      sink.warn(
          backend.type()
              + " has no lines from before "
              + oldest.get()
              + ", and this log is from "
              + start
              + " on: its beginning may be missing (expected: a time within the retention)");
    }
  }
}
