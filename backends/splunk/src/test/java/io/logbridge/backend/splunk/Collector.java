// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.splunk.fake.FakeSplunk;
import io.logbridge.backend.testkit.StoredLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Sends lines to an HTTP Event Collector as a shipper does. */
final class Collector {

  private static final int PORTION = 4 << 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI events;
  private final Shape shape;
  private final String index;
  private long sequence;

  Collector(URI splunk, Shape shape, String index) {
    this.events = splunk.resolve("/services/collector/event");
    this.shape = shape;
    this.index = index;
  }

  void send(List<StoredLine> lines) throws Exception {
    send(lines, (messages, _) -> send(messages));
  }

  /** Takes some events in the form of the collector. */
  @FunctionalInterface
  interface Portions {
    void take(String messages, int count) throws Exception;
  }

  /** Hands out these lines as events, in portions that are not too large. */
  void send(List<StoredLine> lines, Portions portions) throws Exception {
    StringBuilder portion = new StringBuilder();
    int count = 0;
    for (StoredLine line : lines) {
      portion.append(shape.message(line, index, sequence++));
      count++;
      if (portion.length() > PORTION) {
        portions.take(portion.toString(), count);
        portion.setLength(0);
        count = 0;
      }
    }
    if (!portion.isEmpty()) {
      portions.take(portion.toString(), count);
    }
  }

  /** Sends what is already in the form of the collector. */
  void send(String messages) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(events)
            .header("Authorization", "Splunk " + FakeSplunk.COLLECTOR_TOKEN)
            .POST(BodyPublishers.ofString(messages))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode() + ": " + answer.body());
    }
  }
}
