// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.auth.AuthConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What kubectl and tkn have been seen to send, sent again, with their headers. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class KubeReplayTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private LogbridgeServer server;

  @BeforeAll
  void start() {
    KubeArchive archive = new KubeArchive();
    server =
        LogbridgeServer.start(
            TestConfig.of(
                TestConfig.SERVER, new AuthConfig.None(), archive.database(), archive.store()));
  }

  @AfterAll
  void stop() {
    server.close();
    http.close();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "kube/requests.txt", delimiter = '|', maxCharsPerColumn = 1_000)
  void request_isAnsweredAsItsClientExpects(
      String client, String method, String path, String accept, int status, String kind)
      throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                    method,
                    method.equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString("k8s\0\n"))
                .header("Accept", accept)
                .header("User-Agent", client + " (linux/amd64) kubernetes/af46c47")
                .build(),
            BodyHandlers.ofByteArray());
    String body = new String(response.body(), UTF_8);
    String type = response.headers().firstValue("content-type").orElseThrow();

    assertThat(response.statusCode()).as(body).isEqualTo(status);
    switch (kind) {
      case "text" -> assertThat(type).isEqualTo("text/plain; charset=utf-8");
      case "WATCH" -> assertThat(type).isEqualTo("application/json");
      case "APIGroupDiscoveryList" -> {
        assertThat(type).isEqualTo("application/json;g=apidiscovery.k8s.io;v=v2;as=" + kind);
        assertKind(body, kind);
      }
      case "-" -> assertThat(JSON.readTree(body).path("major").asString()).isEqualTo("1");
      default -> {
        assertThat(type).isEqualTo("application/json");
        assertKind(body, kind);
      }
    }
  }

  private static void assertKind(String body, String kind) {
    JsonNode answer = JSON.readTree(body);
    assertThat(answer.path("kind").asString()).isEqualTo(kind);
    assertThat(answer.has("apiVersion") || kind.equals("APIVersions")).isTrue();
  }
}
