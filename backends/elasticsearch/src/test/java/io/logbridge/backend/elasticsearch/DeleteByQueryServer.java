// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a real server and adds what its build lacks: {@code _delete_by_query}, made of that
 * server's own {@code _search} and {@code _bulk}, so that the query is a real one.
 */
final class DeleteByQueryServer implements AutoCloseable {

  private static final Pattern HIT =
      Pattern.compile("\\{\"_index\":\"([^\"]+)\",\"_id\":\"([^\"]+)\"}");

  private final TestStore store;
  private final UnaryOperator<String> answer;
  private final HttpServer server;
  private final List<String> targets = new CopyOnWriteArrayList<>();

  /**
   * Starts one.
   *
   * @param answer what becomes of the answer to a deletion
   */
  DeleteByQueryServer(TestStore store, UnaryOperator<String> answer) throws IOException {
    this.store = store;
    this.answer = answer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Paths and queries of the deletions that were asked for. */
  List<String> targets() {
    return targets;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      URI uri = exchange.getRequestURI();
      String text =
          uri.getPath().endsWith("/_delete_by_query")
              ? answer.apply(delete(uri, body))
              : store.send(exchange.getRequestMethod(), uri.toString(), body);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String delete(URI uri, String body) throws IOException, InterruptedException {
    targets.add(uri.toString());
    String index = uri.getRawPath().replace("/_delete_by_query", "");
    String found =
        store.send(
            "POST",
            index + "/_search?size=10000&filter_path=hits.hits._index,hits.hits._id",
            body.replaceFirst("\\{", "{\"_source\":false,"));
    StringBuilder bulk = new StringBuilder();
    Matcher hit = HIT.matcher(found);
    int deleted = 0;
    while (hit.find()) {
      bulk.append(
          "{\"delete\":{\"_index\":\"%s\",\"_id\":\"%s\"}}\n"
              .formatted(hit.group(1), hit.group(2)));
      deleted++;
    }
    if (deleted > 0) {
      store.bulk(bulk.toString());
    }
    return """
    {"took":5,"timed_out":false,"total":%1$d,"deleted":%1$d,"batches":1,"version_conflicts":0,
     "noops":0,"retries":{"bulk":0,"search":0},"failures":[]}
    """
        .formatted(deleted);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
