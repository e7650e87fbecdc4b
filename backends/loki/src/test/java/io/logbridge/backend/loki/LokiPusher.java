// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.shipped.Json;
import io.logbridge.backend.testkit.StoredLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Sends lines to Loki as a shipper does. */
final class LokiPusher implements AutoCloseable {

  private static final int PORTION = 2 << 20;

  private final URI store;
  private final LokiLayout layout;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private long sequence;

  /**
   * @param store Loki itself, not its gateway
   */
  LokiPusher(URI store, LokiLayout layout) {
    this.store = store;
    this.layout = layout;
  }

  void push(List<StoredLine> lines) throws IOException, InterruptedException {
    List<StoredLine> portion = new ArrayList<>();
    int length = 0;
    for (StoredLine line : lines) {
      portion.add(line);
      length += line.text().length();
      if (length > PORTION) {
        send(portion);
        portion.clear();
        length = 0;
      }
    }
    if (!portion.isEmpty()) {
      send(portion);
    }
  }

  /** Sends a line in no form at all. */
  void pushBare(StoredLine line) throws IOException, InterruptedException {
    send(List.of(line), (bare, _) -> bare.text());
  }

  /** The text that is stored for a line with a number. */
  @FunctionalInterface
  private interface Form {
    String text(StoredLine line, long number);
  }

  private void send(List<StoredLine> lines) throws IOException, InterruptedException {
    send(lines, layout::text);
  }

  private void send(List<StoredLine> lines, Form form) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(store.resolve("/loki/api/v1/push"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body(lines, form)));
    String tenant = layout.settings().get("tenant");
    if (tenant != null) {
      request.header("X-Scope-OrgID", tenant);
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 204) {
      throw new IOException("push: " + response.statusCode() + " " + response.body());
    }
  }

  private byte[] body(List<StoredLine> lines, Form form) {
    Map<Map<String, String>, List<Numbered>> streams = new HashMap<>();
    for (StoredLine line : lines) {
      long number = sequence++;
      streams
          .computeIfAbsent(layout.labels(line, number), _ -> new ArrayList<>())
          .add(new Numbered(line, number));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject().writeArrayPropertyStart("streams");
      streams.forEach((labels, entries) -> stream(json, labels, entries, form));
      json.writeEndArray().writeEndObject();
    }
    return bytes.toByteArray();
  }

  private record Numbered(StoredLine line, long number) {}

  private void stream(
      JsonGenerator json, Map<String, String> labels, List<Numbered> entries, Form form) {
    json.writeStartObject().writeObjectPropertyStart("stream");
    labels.forEach(json::writeStringProperty);
    json.writeEndObject().writeArrayPropertyStart("values");
    for (Numbered entry : entries) {
      StoredLine line = entry.line;
      long nanos = line.timestamp().getEpochSecond() * 1_000_000_000L + line.timestamp().getNano();
      json.writeStartArray().writeString(Long.toString(nanos));
      json.writeString(form.text(line, entry.number)).writeStartObject();
      layout.metadata(line).forEach(json::writeStringProperty);
      json.writeEndObject().writeEndArray();
    }
    json.writeEndArray().writeEndObject();
  }

  @Override
  public void close() {
    http.close();
  }
}
