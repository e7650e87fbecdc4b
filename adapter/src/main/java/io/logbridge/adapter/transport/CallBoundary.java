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

/**
 * The outermost of the interceptors that change anything. A handler runs in a {@link Context} that
 * has the client's deadline and is cancelled when the deadline passes, the client cancels, or the
 * connection is lost; what a handler throws becomes a status.
 *
 * <p>Listeners that a handler adds to the Context run on the thread that cancels, which may be the
 * connection's: they must be quick, or bring an executor.
 */
final class CallBoundary implements ServerInterceptor {

  private final CallFailureListener failures;

  CallBoundary(CallFailureListener failures) {
    this.failures = failures;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Context.CancellableContext context;
    Status malformed = null;
    try {
      context = CallContexts.create(GrpcTimeout.of(headers));
    } catch (IllegalArgumentException e) {
      context = CallContexts.create(null);
      malformed = Status.INVALID_ARGUMENT.withDescription(e.getMessage());
    }
    StreamGate gate = StreamGate.current();
    if (gate != null && call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      gate.answersOnce();
    }
    GuardedCall<Q, R> guarded = new GuardedCall<>(call, context, gate, failures);
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
}
