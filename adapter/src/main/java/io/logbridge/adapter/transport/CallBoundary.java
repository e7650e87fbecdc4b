// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The outermost interceptor. A handler runs in a {@link Context} that has the client's deadline and
 * is cancelled when the deadline passes, the client cancels, or the connection is lost; what a
 * handler throws becomes a status.
 *
 * <p>Listeners that a handler adds to the Context run on the thread that cancels, which may be the
 * connection's: they must be quick, or bring an executor.
 */
final class CallBoundary implements ServerInterceptor {

  /** One thread for all deadlines; what they set off runs elsewhere. */
  private static final ScheduledExecutorService DEADLINES = deadlines();

  private final CallFailureListener failures;

  CallBoundary(CallFailureListener failures) {
    this.failures = failures;
  }

  private static ScheduledExecutorService deadlines() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("grpc-deadlines").factory());
    executor.setRemoveOnCancelPolicy(true); // else a call is kept in memory until its deadline
    return executor;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Context.CancellableContext context;
    Status malformed = null;
    try {
      context = withDeadline(GrpcTimeout.of(headers));
    } catch (IllegalArgumentException e) {
      context = Context.current().withCancellation();
      malformed = Status.INVALID_ARGUMENT.withDescription(e.getMessage());
    }
    GuardedCall<Q, R> guarded = new GuardedCall<>(call, context, StreamGate.current(), failures);
    guarded.watch();
    if (malformed != null) {
      guarded.close(malformed, new Metadata());
    }
    return new GuardedListener<>(guarded, start(guarded, context, headers, next));
  }

  private static <Q, R> ServerCall.Listener<Q> start(
      GuardedCall<Q, R> call, Context context, Metadata headers, ServerCallHandler<Q, R> next) {
    try {
      return call.isEnded()
          ? new ServerCall.Listener<>() {}
          : Contexts.interceptCall(context, call, headers, next);
    } catch (Throwable e) { // an Error too: the client must not wait for an answer
      call.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  // Cancelled by GuardedCall when the call ends, which every call does.
  @SuppressWarnings("MustBeClosedChecker")
  private static Context.CancellableContext withDeadline(@Nullable Duration timeout) {
    return timeout == null
        ? Context.current().withCancellation()
        : Context.current().withDeadlineAfter(nanos(timeout), TimeUnit.NANOSECONDS, DEADLINES);
  }

  /** 99,999,999 hours do not fit into a long of nanoseconds; a century does. */
  private static long nanos(Duration timeout) {
    Duration most = Duration.ofDays(36_500);
    return (timeout.compareTo(most) < 0 ? timeout : most).toNanos();
  }
}
