// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.logbridge.adapter.auth.CallerKeys;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * How many calls are served at once, over all faces: of all callers, and of one. A caller is known
 * by their credential, which at this point nobody has looked at yet; without one, by their address.
 *
 * <p>Safe for use by many threads.
 */
public final class CallLimits {

  private final int most;
  private final int mostOfOne;
  private final CallerKeys keys;
  private final Semaphore places;
  private final ConcurrentMap<String, Integer> ofOne = new ConcurrentHashMap<>();

  /**
   * Creates limits under which nothing runs yet.
   *
   * @param calls {@code server.limits.calls}
   * @param callsPerCaller {@code server.limits.callsPerCaller}
   */
  public CallLimits(int calls, int callsPerCaller, CallerKeys keys) {
    this.most = calls;
    this.mostOfOne = callsPerCaller;
    this.keys = keys;
    this.places = new Semaphore(calls);
  }

  /** For gRPC: a call keeps its place until it ends, however it ends. */
  public ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String caller = keys.of(new GrpcHeaders(headers), address(call));
        try {
          enter(caller);
        } catch (RequestException e) {
          StatusRuntimeException refusal = StatusMapper.toGrpc(StatusMapper.map(e));
          Metadata trailers = refusal.getTrailers();
          call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
          return new ServerCall.Listener<>() {};
        }
        // The transport cancels the Context of every call that has ended.
        Context.current().addListener(_ -> leave(caller), Runnable::run);
        return next.startCall(call, headers);
      }
    };
  }

  private static String address(ServerCall<?, ?> call) {
    SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return peer instanceof InetSocketAddress socket ? socket.getHostString() : "";
  }

  /** For HTTP, outside of everything else. */
  public Filter filter(Refusals refusals) {
    return (chain, request, response) -> filter(chain, request, response, refusals);
  }

  private void filter(
      FilterChain chain, RoutingRequest request, RoutingResponse response, Refusals refusals) {
    String caller = keys.of(HttpHeaders.of(request), request.remotePeer().host());
    try {
      enter(caller);
    } catch (RequestException e) {
      refusals.send(request, response, StatusMapper.map(e));
      return;
    }
    try {
      chain.proceed();
    } finally {
      leave(caller);
    }
  }

  private void enter(String caller) {
    if (!places.tryAcquire()) {
      throw full("calls at once", most, "server.limits.calls");
    }
    int running = ofOne.merge(caller, 1, Integer::sum);
    if (running > mostOfOne) {
      leave(caller);
      throw full("calls of one caller at once", mostOfOne, "server.limits.callsPerCaller");
    }
  }

  private void leave(String caller) {
    ofOne.computeIfPresent(caller, (_, running) -> running == 1 ? null : running - 1);
    places.release();
  }

  private static RequestException full(String what, int limit, String key) {
    return new RequestException(
        Code.RESOURCE_EXHAUSTED,
        "%s: more than %d (expected: at most %d, %s)".formatted(what, limit, limit, key));
  }
}
