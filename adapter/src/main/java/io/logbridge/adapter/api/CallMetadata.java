// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * The metadata of the gRPC call that the current thread serves: what the client sent, and what it
 * gets with the status.
 */
record CallMetadata(Metadata headers, Metadata trailers) {

  private static final Context.Key<CallMetadata> KEY = Context.key("logbridge-call-metadata");

  /** That of the current call. Needs {@link #interceptor()}. */
  static CallMetadata current() {
    return KEY.get();
  }

  /** A context in which this is {@link #current()}. */
  Context in(Context context) {
    return context.withValue(KEY, this);
  }

  /** Makes {@link #current()} work for the calls of a server. */
  static ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        CallMetadata metadata = new CallMetadata(headers, new Metadata());
        ServerCall<Q, R> withTrailers =
            new SimpleForwardingServerCall<>(call) {
              @Override
              public void close(Status status, Metadata trailers) {
                trailers.merge(metadata.trailers());
                super.close(status, trailers);
              }
            };
        return Contexts.interceptCall(metadata.in(Context.current()), withTrailers, headers, next);
      }
    };
  }
}
