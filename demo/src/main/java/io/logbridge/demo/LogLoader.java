// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.History;
import io.logbridge.demo.history.Pod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Ships a history's lines to Elasticsearch, as fluentd does with two flush threads. */
final class LogLoader {

  private static final int THREADS = 2;
  private static final int BULK_DOCUMENTS = 5000;

  /**
   * How much of a log one thread ships on its own. Longer logs are shipped by both at once and so
   * arrive out of order; shorter ones do not, which is what keeps equal timestamps in order.
   */
  private static final int SHIPMENT_LINES = 20_000;

  /**
   * fluentd makes its indices without any template, so that Elasticsearch guesses the types: text
   * with a keyword beside it, and a date of milliseconds. This one changes none of that; it only
   * makes loading faster.
   */
  private static final String TEMPLATE =
      """
      {"index_patterns": ["logstash-*"],
       "template": {"settings": {
         "number_of_replicas": 0,
         "refresh_interval": "-1",
         "translog.durability": "async"}}}
      """;

  private static final String SETTINGS_AFTER =
      """
      {"index": {"refresh_interval": "1s", "translog.durability": "request"}}
      """;

  private final URI uri;
  private final HttpClient http;

  private LogLoader(URI uri, HttpClient http) {
    this.uri = uri;
    this.http = http;
  }

  /** Some of a container's lines. */
  private record Shipment(Pod pod, Container container, int from, int to) {}

  /**
   * Loads all lines; when it returns, all of them can be searched.
   *
   * @return how many documents were written
   * @throws IOException if Elasticsearch refuses one
   */
  static int load(URI uri, History history) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      LogLoader loader = new LogLoader(uri, http);
      loader.send("PUT", "/_index_template/logstash", BodyPublishers.ofString(TEMPLATE));
      int documents = loader.ship(shipments(history));
      loader.send("PUT", "/logstash-*/_settings", BodyPublishers.ofString(SETTINGS_AFTER));
      loader.send("POST", "/logstash-*/_refresh", BodyPublishers.noBody());
      return documents;
    }
  }

  private static List<Shipment> shipments(History history) {
    List<Shipment> shipments = new ArrayList<>();
    history
        .pods()
        .forEach(pod -> {
          for (Container container : pod.containers()) {
            for (int from = 0; from < container.size(); from += SHIPMENT_LINES) {
              int to = Math.min(container.size(), from + SHIPMENT_LINES);
              shipments.add(new Shipment(pod, container, from, to));
            }
          }
        });
    return shipments;
  }

  private int ship(List<Shipment> shipments) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> shipped = new ArrayList<>();
      for (Shipment shipment : shipments) {
        shipped.add(threads.submit(() -> ship(shipment)));
      }
      int documents = 0;
      try {
        for (Future<Integer> future : shipped) {
          documents += future.get();
        }
      } catch (ExecutionException e) {
        throw new IOException("cannot load the logs: " + e.getCause(), e);
      } finally {
        threads.shutdownNow();
      }
      return documents;
    }
  }

  private int ship(Shipment shipment) throws IOException, InterruptedException {
    FluentdShape shape = new FluentdShape(shipment.pod(), shipment.container());
    ByteArrayOutputStream bulk = new ByteArrayOutputStream(1 << 22);
    int documents = 0;
    int pending = 0;
    for (int i = shipment.from(); i < shipment.to(); i++) {
      pending += shape.append(shipment.container().line().apply(i), bulk);
      if (pending >= BULK_DOCUMENTS || i == shipment.to() - 1) {
        sendBulk(bulk);
        documents += pending;
        pending = 0;
        bulk.reset();
      }
    }
    return documents;
  }

  private void sendBulk(ByteArrayOutputStream bulk) throws IOException, InterruptedException {
    String answer =
        send(
            "POST",
            "/_bulk?filter_path=errors,items.*.error",
            BodyPublishers.ofByteArray(bulk.toByteArray()));
    if (!answer.startsWith("{\"errors\":false")) {
      throw new IOException("Elasticsearch refused lines: " + answer);
    }
  }

  private String send(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .header(
                "Content-Type",
                path.startsWith("/_bulk") ? "application/x-ndjson" : "application/json")
            .method(method, body)
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          method + " " + path + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }
}
