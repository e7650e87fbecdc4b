// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Passes requests on to the store. */
final class StoreClient implements AutoCloseable {

  private final URI store;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  StoreClient(URI store) {
    this.store = store;
  }

  /**
   * The store's answer, or 502 if there is none. Interruptible: the store sees its client go away
   * then.
   */
  HttpAnswer send(HttpWire.Request request) throws InterruptedException {
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(store.resolve(request.head().target()))
            .method(
                request.head().method(), BodyPublishers.ofByteArray(request.body().toByteArray()));
    request
        .head()
        .headers()
        .forEach((name, values) -> {
          if (!HttpWire.HOP_BY_HOP.contains(name)) {
            values.forEach(value -> copy.header(name, value));
          }
        });
    try {
      HttpResponse<byte[]> response = http.send(copy.build(), BodyHandlers.ofByteArray());
      return HttpAnswer.of(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      return HttpAnswer.of(502, "text/plain", "the proxy cannot reach the store: " + e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
