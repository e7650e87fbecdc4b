// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Context;
import io.grpc.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Puts REST responses over HTTP/2 behind the same window as gRPC (D3), and runs their handlers in a
 * {@link Context} that is cancelled when the client leaves (D5, D7). HTTP/1.1 passes untouched:
 * there a client's leaving is seen by the next write.
 */
final class RestStreamFilter implements Filter {

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    StreamGate gate = StreamGate.current();
    if (gate == null || !request.prologue().protocolVersion().equals("2.0")) {
      chain.proceed();
      return;
    }
    if (gate.isCancelled()) {
      throw new CloseConnectionException("the peer has reset stream " + gate.id());
    }
    response.streamFilter(body -> new GatedOutputStream(body, gate));
    Context.CancellableContext context = Context.current().withCancellation();
    gate.onCancel(() ->
        context.cancel(Status.CANCELLED.withDescription("the client has left").asException()));
    try {
      context.run(chain::proceed);
    } finally {
      gate.releaseHeld();
      context.cancel(null);
    }
  }
}
