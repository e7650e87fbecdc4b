// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A call that ends exactly once: by its handler, by what its handler throws (D4), by its deadline
 * (D8), by a reader that takes nothing (D6), or by its peer leaving (D5, D7). Whichever comes first
 * counts, and cancels the call's Context.
 *
 * <p>Thread-safe in what may end it; messages are sent by one thread.
 */
final class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {

  private final Context.CancellableContext context;
  private final @Nullable StreamGate gate;
  private final CallFailureListener failures;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean cancelDelivered = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private ServerCall.@Nullable Listener<Q> listener;
  private @Nullable StatusTrailers keptBack;
  private volatile @Nullable Status verdict;
  private boolean started;

  GuardedCall(
      ServerCall<Q, R> delegate,
      Context.CancellableContext context,
      @Nullable StreamGate gate,
      CallFailureListener failures) {
    super(delegate);
    this.context = context;
    this.gate = gate;
    this.failures = failures;
  }

  /** From here on the deadline and the peer can end the call. */
  void watch() {
    context.addListener(
        c -> {
          if (c.cancellationCause() instanceof TimeoutException) {
            // Decided before the handler hears of it, whoever of the two then ends the call.
            verdict =
                Status.DEADLINE_EXCEEDED.withDescription("the deadline of the call has passed");
            Thread.startVirtualThread(this::deadlinePassed); // writes, so not on the timer's thread
          }
        },
        Runnable::run);
    if (gate != null) {
      gate.onReject(status -> close(status, new Metadata()));
      gate.onCancel(this::peerGone);
    }
  }

  boolean isEnded() {
    return ended.get();
  }

  @Override
  public void sendHeaders(Metadata headers) {
    if (!StatusTrailers.isSendable(headers)) {
      throw new IllegalArgumentException(
          "response metadata: "
              + headers.keys()
              + " (expected: at most "
              + StatusTrailers.MAX_OTHERS
              + " bytes)");
    }
    try {
      sendHeadersUnlessEnded(headers);
    } catch (CloseConnectionException e) {
      throw connectionGone(e);
    }
  }

  private void sendHeadersUnlessEnded(Metadata headers) {
    lock.lock();
    try {
      if (!ended.get()) {
        super.sendHeaders(headers);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sendMessage(R message) {
    if (context.isCancelled()) {
      throw Contexts.statusFromCancelled(context).asRuntimeException();
    }
    try {
      super.sendMessage(message);
    } catch (WriteRefusedException e) {
      throw refused(e).asRuntimeException();
    } catch (CloseConnectionException e) {
      throw connectionGone(e);
    }
  }

  /** A write has failed, before the connection's thread has noticed or come to this call. */
  private StatusRuntimeException connectionGone(CloseConnectionException e) {
    peerGone();
    return Status.CANCELLED
        .withDescription("the connection is gone")
        .withCause(e)
        .asRuntimeException();
  }

  private Status refused(WriteRefusedException refusal) {
    String text = refusal.getMessage();
    return switch (refusal.reason()) {
      case PEER_GONE -> {
        // The connection's thread may not have come to this call yet: it tells one after another.
        peerGone();
        yield Status.CANCELLED.withDescription(text);
      }
      case RESPONSE_ENDED, INTERRUPTED -> Status.CANCELLED.withDescription(text);
      case STALLED -> {
        // Kept, so that the client gets it even from a handler that ends the call its own way.
        Status stalled = Status.ABORTED.withDescription(text);
        verdict = stalled;
        yield stalled;
      }
    };
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Status decided = verdict;
    StatusTrailers end =
        decided == null
            ? StatusTrailers.of(status, trailers)
            : StatusTrailers.of(decided, new Metadata());
    if (gate != null) {
      gate.endWrites();
    }
    lock.lock();
    try {
      // Helidon takes a call that ends before it has a listener for one whose stream is over, and
      // forgets the stream; the request, still under way, would then end the connection.
      if (started) {
        end(end);
      } else {
        keptBack = end;
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(StatusTrailers end) {
    try {
      super.close(end.status(), end.trailers());
    } finally {
      context.cancel(null);
    }
  }

  /** Helidon has the listener. */
  void started(ServerCall.Listener<Q> target) {
    lock.lock();
    try {
      listener = target;
      started = true;
      if (keptBack != null) {
        end(keptBack);
      }
    } finally {
      lock.unlock();
    }
    if (gate != null && gate.isCancelled()) {
      deliverCancel();
    }
  }

  /**
   * Ends the call for what its handler threw: a status as it is, anything else as INTERNAL without
   * its text, reported. After the peer has left, or the deadline has passed, what a handler throws
   * is its way of stopping, and not reported.
   */
  void fail(Throwable thrown) {
    switch (thrown) {
      case StatusRuntimeException e -> close(e.getStatus(), orEmpty(e.getTrailers()));
      case StatusException e -> close(e.getStatus(), orEmpty(e.getTrailers()));
      default -> {
        if (!context.isCancelled()) {
          failures.callFailed(getMethodDescriptor().getFullMethodName(), thrown);
        }
        close(Status.INTERNAL.withDescription("internal error"), new Metadata());
      }
    }
  }

  private static Metadata orEmpty(@Nullable Metadata trailers) {
    return trailers == null ? new Metadata() : trailers;
  }

  /** Helidon's word that the call is off: the peer has left, or Helidon could not read it (D12). */
  void cancelledByHelidon() {
    if (gate == null || gate.isCancelled()) {
      peerGone();
    } else {
      close(Status.INTERNAL.withDescription("the request message cannot be read"), new Metadata());
      deliverCancel();
    }
  }

  private void peerGone() {
    if (!ended.get()) {
      context.cancel(Status.CANCELLED.withDescription("the client has left").asException());
      deliverCancel();
    }
  }

  private void deadlinePassed() {
    close(Status.DEADLINE_EXCEEDED, new Metadata());
    deliverCancel();
  }

  private void deliverCancel() {
    ServerCall.Listener<Q> target;
    lock.lock();
    try {
      target = listener;
    } finally {
      lock.unlock();
    }
    if (target != null && cancelDelivered.compareAndSet(false, true)) {
      target.onCancel();
    }
  }

  @Override
  public boolean isCancelled() {
    return context.isCancelled() || (gate != null && gate.isCancelled()) || super.isCancelled();
  }
}
