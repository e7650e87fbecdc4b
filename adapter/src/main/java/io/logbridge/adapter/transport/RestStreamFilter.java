// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Context;
import io.grpc.Status;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs the handlers of REST in a {@link Context} that has the client's deadline (D8) and is
 * cancelled when the client leaves (D5, D7); puts their responses over HTTP/2 behind the same
 * window as gRPC (D3). Over HTTP/1.1 a client's leaving is seen after {@link #UNWATCHED}, or by a
 * write.
 */
final class RestStreamFilter implements Filter {

  private static final HeaderName TIMEOUT = HeaderNames.create("grpc-timeout");

  /**
   * Most requests are answered sooner, and need nobody who watches their connection; nor is then
   * anything lost for clients that close their half of it after they have asked.
   */
  private static final Duration UNWATCHED = Duration.ofSeconds(30);

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    StreamGate gate = gate(request);
    if (gate != null && gate.isCancelled()) {
      throw new CloseConnectionException("the peer has reset stream " + gate.id());
    }
    Context.CancellableContext context = CallContexts.create(timeout(request));
    if (gate != null) {
      response.streamFilter(body -> new GatedOutputStream(body, gate));
      gate.onCancel(() -> leave(context));
    }
    Future<?> watch = gate == null ? watch(context) : null;
    try {
      context.run(chain::proceed);
    } finally {
      if (watch != null) {
        watch.cancel(false);
      }
      if (gate != null) {
        gate.releaseHeld();
      }
      context.cancel(null);
    }
  }

  private static void leave(Context.CancellableContext context) {
    context.cancel(Status.CANCELLED.withDescription("the client has left").asException());
  }

  private static @Nullable Future<?> watch(Context.CancellableContext context) {
    WatchedReads reads = WatchedReads.current();
    return reads == null
        ? null
        : CallContexts.later(UNWATCHED, () -> reads.watch(() -> leave(context)));
  }

  private static @Nullable StreamGate gate(RoutingRequest request) {
    return request.prologue().protocolVersion().equals("2.0") ? StreamGate.current() : null;
  }

  private static @Nullable Duration timeout(RoutingRequest request) {
    if (!request.headers().contains(TIMEOUT)) {
      return null;
    }
    String value = request.headers().get(TIMEOUT).get();
    try {
      return GrpcTimeout.parse(value);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("invalid grpc-timeout: " + value, e);
    }
  }
}
