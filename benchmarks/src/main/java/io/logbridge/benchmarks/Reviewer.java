// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of the Kubernetes API as the gate asks: every token is its own user's, and everybody may
 * do everything. It answers at once, so that it takes nothing from what is measured.
 */
final class Reviewer implements AutoCloseable {

  private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger reviews = new AtomicInteger();

  Reviewer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/apis/authentication.k8s.io/v1/tokenreviews", this::authenticate);
    server.createContext("/apis/authorization.k8s.io/v1/subjectaccessreviews", this::allow);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often it was asked. */
  int reviews() {
    return reviews.get();
  }

  private void authenticate(HttpExchange exchange) throws IOException {
    Matcher token = TOKEN.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    String user = token.find() ? token.group(1) : "";
    answer(
        exchange,
        """
        {"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview",
         "status":{"authenticated":%s,"user":{"username":"%s","groups":["system:authenticated"]}}}
        """
            .formatted(!user.isEmpty(), user));
  }

  private void allow(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    answer(
        exchange,
        """
        {"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview",
         "status":{"allowed":true}}
        """);
  }

  private void answer(HttpExchange exchange, String json) throws IOException {
    reviews.incrementAndGet();
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(201, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
