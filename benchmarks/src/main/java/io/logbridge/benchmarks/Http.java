// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests as one writes them by hand. Safe for use by many threads. */
final class Http implements AutoCloseable {

  private static final Duration CEILING = Duration.ofMinutes(5);
  private static final int OK = 200;
  private static final int REDIRECTION = 300;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Sends a request and returns the body of the answer.
   *
   * @throws IOException also for an answer other than one of success
   */
  byte[] send(HttpRequest.Builder message) throws IOException, InterruptedException {
    HttpRequest request = message.timeout(CEILING).build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() < OK || response.statusCode() >= REDIRECTION) {
      String text = new String(response.body(), StandardCharsets.UTF_8);
      throw new IOException(
          request.method() + " " + request.uri() + ": " + response.statusCode() + " " + text);
    }
    return response.body();
  }

  @Override
  public void close() {
    client.close();
  }
}
