// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Requests to a store while it is filled. Safe for use by many threads. */
final class StoreRequests implements AutoCloseable {

  private final URI uri;
  private final String authorization;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param authorization the header of this name; empty for none
   */
  StoreRequests(URI uri, String authorization) {
    this.uri = uri;
    this.authorization = authorization;
  }

  /**
   * Sends a request and returns the body of the answer.
   *
   * @throws IOException if the status is not 2xx
   */
  String send(String method, String path, String contentType, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.resolve(path))
            .header("Content-Type", contentType)
            .method(method, body);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          method + " " + path + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
