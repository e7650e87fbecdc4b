// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests to Elasticsearch as one writes them by hand. Safe for use by many threads. */
final class Elasticsearch implements AutoCloseable {

  private static final Duration CEILING = Duration.ofMinutes(5);

  private final URI uri;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Elasticsearch(URI uri) {
    this.uri = uri;
  }

  URI uri() {
    return uri;
  }

  /**
   * Sends a body and returns the answer's.
   *
   * @throws IOException also for an answer other than 200
   */
  byte[] send(String method, String path, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri + path))
            .timeout(CEILING)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      String text = new String(response.body(), StandardCharsets.UTF_8);
      throw new IOException(method + " " + path + ": " + response.statusCode() + " " + text);
    }
    return response.body();
  }

  /** The same with texts. */
  String send(String method, String path, String body) throws IOException, InterruptedException {
    byte[] answer = send(method, path, body.getBytes(StandardCharsets.UTF_8));
    return new String(answer, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
