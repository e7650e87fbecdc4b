// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * What kubectl sees of an API server that has an APIService, and what the APIService's server sees
 * of it: it knows callers by tokens of its own, which it does not hand on, and says by headers who
 * they are. Beside the group it serves, it has nothing.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/#authentication-flow">Authentication
 *     flow</a>
 */
final class ApiServerStandIn implements AutoCloseable {

  private static final String GROUP = "/apis/archive.logbridge.io";

  private final HttpsServer server;
  private final HttpClient behind;
  private final Map<String, String> users;
  private final URI target;

  /**
   * @param own for callers
   * @param behind shows the front proxy's certificate
   * @param target of what is below the group
   * @param users by their tokens
   */
  ApiServerStandIn(SSLContext own, SSLContext behind, URI target, Map<String, String> users)
      throws IOException {
    this.behind = HttpClient.newBuilder().sslContext(behind).build();
    this.users = users;
    this.target = target;
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(own));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String user =
          users.get(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                  .replace("Bearer ", ""));
      if (user == null) {
        answer(exchange, 401, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":401}");
      } else if (path.startsWith(GROUP)) {
        handOn(exchange, user);
      } else {
        switch (path) {
          case "/api" -> answer(exchange, 200, "{\"kind\":\"APIVersions\",\"versions\":[]}");
          case "/apis" ->
              answer(
                  exchange,
                  200,
                  """
                  {"kind":"APIGroupList","apiVersion":"v1","groups":[
                    {"name":"archive.logbridge.io",
                     "versions":[{"groupVersion":"archive.logbridge.io/v1alpha1","version":"v1alpha1"}],
                     "preferredVersion":
                       {"groupVersion":"archive.logbridge.io/v1alpha1","version":"v1alpha1"}}]}
                  """);
          default ->
              answer(exchange, 404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}");
        }
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void handOn(HttpExchange exchange, String user) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .header("X-Remote-User", user)
            .header("X-Remote-Group", "system:authenticated");
    for (String name : List.of("Accept", "User-Agent")) {
      exchange
          .getRequestHeaders()
          .getOrDefault(name, List.of())
          .forEach(value -> request.header(name, value));
    }
    try {
      HttpResponse<InputStream> response =
          behind.send(request.build(), BodyHandlers.ofInputStream());
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(response.statusCode(), 0);
      try (InputStream from = response.body();
          OutputStream to = exchange.getResponseBody()) {
        from.transferTo(to);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    behind.shutdownNow();
  }
}
