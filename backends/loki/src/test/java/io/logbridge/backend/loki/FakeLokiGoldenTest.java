// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fake answers as a real Loki 3.4.6 did: the same lines are pushed, the same requests sent, and
 * status and body compared. What a server makes up by itself is not: its statistics, ids, times,
 * and the order of series. In these recordings it did not shuffle entries of one timestamp.
 */
@TestInstance(Lifecycle.PER_CLASS)
class FakeLokiGoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/io/logbridge/backend/loki/golden");
  private static final int RECORDED = 44;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  private FakeLoki loki;

  @BeforeAll
  void loadTheDataset() throws Exception {
    loki = FakeLoki.start(FakeOptions.DEFAULT);
    JsonNode pushed = JSON.readTree(GOLDEN.resolve("dataset.json")).get("pushed");
    String body = JSON.createObjectNode().set("streams", pushed).toString();
    HttpRequest push =
        HttpRequest.newBuilder(loki.uri().resolve("/loki/api/v1/push"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(push, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
  }

  @AfterAll
  void stop() {
    http.close();
    loki.close();
  }

  /** In the order of their numbers: a deletion is listed after it was asked for. */
  @TestFactory
  Stream<DynamicTest> everyRecordedExchange_isRepeated() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      List<Path> recorded =
          files
              .filter(file -> file.getFileName().toString().matches("\\d\\d-.*"))
              .sorted()
              .toList();
      assertThat(recorded).hasSize(RECORDED);
      return recorded.stream()
          .map(file ->
              DynamicTest.dynamicTest(
                  file.getFileName().toString(), () -> assertRepeated(JSON.readTree(file))));
    }
  }

  private void assertRepeated(JsonNode exchange) throws Exception {
    JsonNode expected = exchange.get("response");
    HttpResponse<String> actual =
        http.send(request(exchange.get("request")), BodyHandlers.ofString());

    assertThat(actual.statusCode()).isEqualTo(expected.get("status").intValue());
    assertThat(actual.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo(expected.get("headers").path("content-type").asString(""));
    JsonNode body = expected.get("body");
    if (body.isString()) {
      assertThat(actual.body()).isEqualTo(body.stringValue());
    } else {
      assertThat(comparable(JSON.readTree(actual.body()))).isEqualTo(comparable(body));
    }
  }

  private HttpRequest request(JsonNode recorded) {
    String pairs =
        recorded.get("query").properties().stream()
            .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue().stringValue()))
            .collect(Collectors.joining("&"));
    String path = recorded.get("path").stringValue();
    URI uri = loki.uri().resolve(pairs.isEmpty() ? path : path + "?" + pairs);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    recorded
        .get("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().stringValue()));
    JsonNode body = recorded.get("body");
    return request
        .method(
            recorded.get("method").stringValue(),
            body.isNull() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.stringValue()))
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Without what a server makes up; labels of series and whole series stand in any order. */
  private static Object comparable(JsonNode body) {
    if (body.isArray()) {
      body.forEach(deletion -> ((ObjectNode) deletion).remove(List.of("request_id", "created_at")));
    } else if (body.path("data").isObject()) {
      ((ObjectNode) body.get("data")).remove("stats");
    } else if (body.path("data").isArray() && body.get("data").path(0).isObject()) {
      Set<JsonNode> series = new HashSet<>();
      body.get("data").forEach(series::add);
      return series;
    }
    return body;
  }
}
