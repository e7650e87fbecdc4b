// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logbridge.adapter.LogbridgeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;

/** Sends recorded HTTP requests. One connection serves all of them, one after the other. */
final class GoldenHttp implements AutoCloseable {

  /** What Java's client sets itself. */
  private static final Set<String> OWN = Set.of("Content-Length", "Host");

  private final HttpFace face;
  private final HttpClient http;
  private final LogbridgeServer server;

  GoldenHttp(HttpFace face, LogbridgeServer server) {
    this.face = face;
    this.http = face.client();
    this.server = server;
  }

  /**
   * Sends a request.
   *
   * @param request with method, path, headers and body
   * @param edit what has to be done to path and body first
   */
  HttpResponse<String> send(JsonNode request, UnaryOperator<String> edit)
      throws IOException, InterruptedException {
    String path = edit.apply(request.path("raw_path").asString(request.get("path").asString()));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(face.uri(server, path))
            .timeout(Duration.ofSeconds(30))
            .method(request.get("method").asString(), body(request, edit));
    request.path("headers").properties().stream()
        .filter(header -> !OWN.contains(header.getKey()))
        .forEach(header -> builder.header(header.getKey(), header.getValue().asString()));
    return http.send(builder.build(), BodyHandlers.ofString());
  }

  private static BodyPublisher body(JsonNode request, UnaryOperator<String> edit) {
    JsonNode body = request.path("body");
    if (body.isNull() || body.isMissingNode()) {
      return BodyPublishers.noBody();
    }
    String text = edit.apply(body.isString() ? body.asString() : spaced(body));
    boolean known = !body.isString() || request.path("headers").has("Content-Length");
    return known
        ? BodyPublishers.ofString(text)
        : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  /** As it was sent: errors name places in it. */
  private static String spaced(JsonNode body) {
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Spacing.AFTER)
            .withObjectEntrySpacing(Spacing.AFTER)
            .withArrayElementSpacing(Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(new DefaultPrettyPrinter.NopIndenter())
            .withArrayIndenter(new DefaultPrettyPrinter.NopIndenter());
    return GoldenCases.JSON.writer().with(printer).writeValueAsString(body);
  }

  @Override
  public void close() {
    http.close();
  }
}
