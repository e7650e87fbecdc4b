// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Context} of a call, which is cancelled when the client's deadline passes. */
final class CallContexts {

  /** One thread for all deadlines; what they set off runs elsewhere. */
  private static final ScheduledExecutorService DEADLINES = deadlines();

  private CallContexts() {}

  private static ScheduledExecutorService deadlines() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("call-deadlines").factory());
    executor.setRemoveOnCancelPolicy(true); // else a call is kept in memory until its deadline
    return executor;
  }

  /**
   * A new context in the current one.
   *
   * @param timeout until its deadline; null for none
   * @return for the caller to cancel when the call ends
   */
  // Every caller cancels what it gets when its call ends, which every call does.
  @SuppressWarnings("MustBeClosedChecker")
  static Context.CancellableContext create(@Nullable Duration timeout) {
    return timeout == null
        ? Context.current().withCancellation()
        : Context.current().withDeadlineAfter(nanos(timeout), TimeUnit.NANOSECONDS, DEADLINES);
  }

  /**
   * Runs something later.
   *
   * @param task must not block
   */
  static Future<?> later(Duration delay, Runnable task) {
    return DEADLINES.schedule(task, nanos(delay), TimeUnit.NANOSECONDS);
  }

  /** 99,999,999 hours do not fit into a long of nanoseconds; a century does. */
  private static long nanos(Duration timeout) {
    Duration most = Duration.ofDays(36_500);
    return (timeout.compareTo(most) < 0 ? timeout : most).toNanos();
  }
}
