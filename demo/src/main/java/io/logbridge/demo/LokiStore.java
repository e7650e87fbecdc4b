// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.demo.history.History;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;

/** The Loki of the tests, in this process, filled as Fluent Bit does. */
final class LokiStore implements LogStore {

  private final FakeLoki loki;

  private LokiStore(FakeLoki loki) {
    this.loki = loki;
  }

  static LokiStore start() throws IOException {
    return new LokiStore(FakeLoki.start(FakeOptions.DEFAULT));
  }

  @Override
  public String name() {
    return Backend.LOKI.title();
  }

  @Override
  public URI uri() {
    return loki.uri();
  }

  @Override
  public int load(History history) throws IOException, InterruptedException {
    try (StoreRequests requests = new StoreRequests(uri(), "")) {
      return LogLoader.load(
          history,
          (pod, container, pieces) ->
              requests.send(
                  "POST",
                  "/loki/api/v1/push",
                  "application/json",
                  BodyPublishers.ofByteArray(FluentBitShape.push(pod, container, pieces))));
    }
  }

  @Override
  public String configuration(URI address) {
    return """
    # Not a real Loki: the one of Logbridge's tests.
    logStorage:
      backendType: Loki
      loki:
        url: %s
        labels:
          preset: fluent-bit
    """
        .formatted(address);
  }

  @Override
  public void close() {
    loki.close();
  }
}
