// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.config.Config;
import io.helidon.grpc.core.InterceptorWeights;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;

/**
 * Sets up a Helidon server whose one listener serves gRPC, HTTP/2 and HTTP/1.1, fit for long
 * streams:
 *
 * <pre>{@code
 * WebServerConfig.Builder server = WebServer.builder().port(8080);
 * GrpcTransport.configure(server, config, failures, GrpcRouting.builder().service(...), HttpRouting.builder()...);
 * WebServer running = server.build().start();
 * }</pre>
 *
 * <p>What handlers may count on:
 *
 * <ul>
 *   <li>{@code onNext} and {@code OutputStream.write} block while the client does not read. They
 *       are the back-pressure; {@code isReady} is always true.
 *   <li>{@link io.grpc.Context#current()} has the client's deadline and is cancelled when that
 *       passes and, for gRPC and for REST over HTTP/2, when the client cancels or its connection is
 *       lost. A blocked write then throws, but that of a REST body whose deadline alone has passed.
 *       The thread is not interrupted.
 *   <li>A client that takes nothing for {@link TransportConfig#stallLimit()} gets {@code ABORTED}.
 *   <li>What a gRPC handler throws ends the call: a status with its trailers as it is, all else as
 *       {@code INTERNAL} without its text.
 * </ul>
 */
public final class GrpcTransport {

  private GrpcTransport() {}

  /**
   * Configures the default socket of a server. Call it once, before the server is built and before
   * other filters are added to {@code http}, so that theirs see a body first. Port, TLS and the
   * rest of the server are the caller's.
   *
   * @param failures told of handlers that throw what is not a status
   * @param grpc the services
   */
  public static void configure(
      WebServerConfig.Builder server,
      TransportConfig config,
      CallFailureListener failures,
      GrpcRouting.Builder grpc,
      HttpRouting.Builder http) {
    grpc.config(Config.empty())
        .intercept(InterceptorWeights.CONTEXT + 1, new CallBoundary(failures));
    http.addFilter(new RestStreamFilter());
    server
        .protocolsDiscoverServices(false) // else Helidon's own HTTP/2 and its upgrade stand beside
        .addConnectionSelector(new StreamingSelector(config))
        .addConnectionSelector(new Http1Selector(config))
        .shutdownGracePeriod(config.shutdownGrace())
        .idleConnectionTimeout(config.idleTime())
        .idleConnectionPeriod(checkPeriod(config))
        // With Nagle's algorithm a small window costs a delayed ACK, 40 ms, each time it is used
        // up.
        .connectionOptions(options -> options.tcpNoDelay(true))
        .addRouting(grpc)
        .routing(http);
  }

  private static Duration checkPeriod(TransportConfig config) {
    Duration most = Duration.ofSeconds(30);
    Duration shorter =
        config.idleTime().compareTo(config.connectionAge()) < 0
            ? config.idleTime()
            : config.connectionAge();
    Duration half = shorter.dividedBy(2).plusMillis(1);
    return half.compareTo(most) < 0 ? half : most;
  }
}
