// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.backend.splunk.fake.FakeSplunk;
import io.logbridge.demo.history.History;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;

/** The Splunk of the tests, in this process, filled as Fluent Bit does. */
final class SplunkStore implements LogStore {

  private static final String INDEX = "kubernetes";

  private final FakeSplunk splunk = new FakeSplunk();

  private SplunkStore() {
    splunk.createIndex(INDEX);
  }

  static SplunkStore start() {
    return new SplunkStore();
  }

  @Override
  public String name() {
    return Backend.SPLUNK.title();
  }

  @Override
  public URI uri() {
    return splunk.uri();
  }

  @Override
  public int load(History history) throws IOException, InterruptedException {
    try (StoreRequests requests =
        new StoreRequests(uri(), "Splunk " + FakeSplunk.COLLECTOR_TOKEN)) {
      return LogLoader.load(
          history,
          (pod, container, pieces) ->
              requests.send(
                  "POST",
                  "/services/collector/event",
                  "application/json",
                  BodyPublishers.ofString(FluentBitShape.events(INDEX, pod, container, pieces))));
    }
  }

  @Override
  public String configuration(URI address) {
    return """
    # Not a real Splunk: the one of Logbridge's tests, whose token is in its source.
    logStorage:
      backendType: Splunk
      splunk:
        url: %s
        index: %s
        fields:
          preset: fluent-bit
        token: %s
    """
        .formatted(address, INDEX, FakeSplunk.TOKEN);
  }

  @Override
  public void close() throws IOException {
    splunk.close();
  }
}
