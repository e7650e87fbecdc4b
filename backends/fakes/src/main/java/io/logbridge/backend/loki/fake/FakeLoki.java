// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.logbridge.backend.loki.fake.FakeOptions.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A Loki on the loopback address: {@code push}, {@code query_range}, {@code query} for counts,
 * {@code labels}, {@code series}, {@code delete}, with the limits and refusals of a real one.
 */
public final class FakeLoki implements AutoCloseable {

  private static final String TEXT = "text/plain; charset=utf-8";

  private final FakeOptions options;
  private final HttpServer server;
  private final Map<String, FakeStore> stores = new ConcurrentHashMap<>();
  private final FakeEndpoints endpoints;

  private FakeLoki(FakeOptions options) throws IOException {
    this.options = options;
    this.endpoints = new FakeEndpoints(options);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /** Starts one; the caller closes it. */
  public static FakeLoki start(FakeOptions options) throws IOException {
    return new FakeLoki(options);
  }

  /** Where it listens, without the path of its gateway. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where its tenant is, with the path of its gateway if there is one. */
  public URI tenantUri() {
    return options.gateway() == null ? uri() : uri().resolve(options.gateway().path());
  }

  /** Deletes what it has promised to. */
  public void processDeletions() {
    stores.values().forEach(FakeStore::processDeletions);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        FakeRequest request = FakeRequest.of(exchange);
        String path = pathBehindGateway(request);
        endpoints.serve(request, path, store(request, path)).send(exchange);
      } catch (Refused e) {
        new FakeAnswer(
                e.status(), TEXT, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8))
            .send(exchange);
      }
    }
  }

  private FakeStore store(FakeRequest request, String path) {
    String tenant = request.header("X-Scope-OrgID");
    if (options.multiTenant() && tenant.isEmpty() && path.startsWith("/loki/")) {
      throw new Refused(401, "no org id");
    }
    return stores.computeIfAbsent(
        options.multiTenant() ? tenant : "fake", _ -> new FakeStore(options.shuffling()));
  }

  private String pathBehindGateway(FakeRequest request) {
    Gateway gateway = options.gateway();
    if (gateway == null || request.path().equals("/loki/api/v1/push")) {
      return request.path();
    }
    if (!request.header("Authorization").equals("Bearer " + gateway.token())) {
      throw new Refused(401, "{\"error\":\"failed to authenticate\"}");
    }
    if (!request.path().startsWith(gateway.path())) {
      throw new Refused(404, "404 page not found\n");
    }
    String query = request.parameter("query");
    if (!query.isEmpty()
        && LogQlParser.logs(query).selector().stream()
            .noneMatch(matcher -> matcher.name().equals(gateway.namespaceLabel()))) {
      throw new Refused(403, "{\"error\":\"no namespace\"}");
    }
    return request.path().substring(gateway.path().length());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
