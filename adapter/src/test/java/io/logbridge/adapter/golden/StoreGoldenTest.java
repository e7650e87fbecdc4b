// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.RecordedCalls;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.DatabaseConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every case that was recorded of the real server with a Loki or a Splunk behind it, against the
 * whole server on a fake of that store, with the settings that the real server had. Where the
 * answer is another one, {@code store-differences.json} has it, and {@code docs/compatibility.md}
 * the reason.
 */
@Timeout(120)
class StoreGoldenTest {

  private static final JsonNode DIFFERENCES = GoldenCases.read("store-differences.json");

  /** Of longer messages only the beginning was recorded. */
  private static final int RECORDED_TEXT = 300;

  /** Makes the store of a case. */
  @FunctionalInterface
  private interface Stores {
    RecordedStore of(JsonNode recorded) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> loki() {
    return replay("loki", RecordedLoki::new);
  }

  @TestFactory
  Stream<DynamicTest> splunk() {
    return replay("splunk", RecordedSplunk::new);
  }

  @Test
  void everyDifference_isDocumented() throws IOException {
    String documented = Files.readString(Path.of("../docs/compatibility.md"));

    assertThat(DIFFERENCES.propertyNames())
        .allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
  }

  private static Stream<DynamicTest> replay(String group, Stores stores) {
    DatabaseConfig database = GoldenServer.database();
    return GoldenCases.of(group).stream()
        .map(recorded ->
            DynamicTest.dynamicTest(
                recorded.get("name").asString(), () -> replay(recorded, database, stores)));
  }

  private static void replay(JsonNode recorded, DatabaseConfig database, Stores stores)
      throws Exception {
    try (RecordedStore store = stores.of(recorded);
        LogbridgeServer server =
            GoldenServer.start(ConfigLoader.load(null, environment(database, store)))) {
      String name = recorded.get("name").asString();
      JsonNode expected = DIFFERENCES.path(name);
      CompletableFuture<List<String>> differences =
          CompletableFuture.supplyAsync(() ->
              differences(
                  recorded.get("request"),
                  expected.isMissingNode() ? recorded.get("response") : expected,
                  server));
      store.underWay();
      assertThat(differences.get(60, TimeUnit.SECONDS)).isEmpty();
    }
  }

  /** As the real server's deployment has it, but for what would reach out of this machine. */
  private static Map<String, String> environment(DatabaseConfig database, RecordedStore store) {
    URI url = URI.create(database.url().substring("jdbc:".length()));
    Map<String, String> environment = new HashMap<>(store.settings());
    environment.putAll(
        Map.of(
            "DB_HOST", url.getHost(),
            "DB_PORT", Integer.toString(url.getPort()),
            "DB_NAME", url.getPath().substring(1),
            "DB_USER", String.valueOf(database.user()),
            "SERVER_PORT", "0",
            "PROMETHEUS_PORT", "0",
            "AUTH_DISABLE", "true",
            "LOGS_API", "true",
            "LOGGING_PLUGIN_FORWARDER_DELAY_DURATION", "10"));
    environment.put("LOGBRIDGE_SERVER_HOST", "127.0.0.1");
    environment.put("LOGBRIDGE_GUARD_MAX_ATTEMPTS", "1");
    return environment;
  }

  private static List<String> differences(
      JsonNode request, JsonNode expected, LogbridgeServer server) {
    try {
      return request.get("method").asString().equals("GRPC")
          ? overGrpc(request, expected, server)
          : overHttp(request, expected, server);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> overHttp(JsonNode request, JsonNode expected, LogbridgeServer server)
      throws Exception {
    try (GoldenHttp http = new GoldenHttp(HttpFace.HTTP_1_1, server)) {
      return new GoldenAnswer().differences(expected, http.send(request, UnaryOperator.identity()));
    }
  }

  private static List<String> overGrpc(JsonNode request, JsonNode expected, LogbridgeServer server)
      throws Exception {
    try (RecordedCalls calls = new RecordedCalls(server)) {
      RecordedCalls.Answer answer =
          calls.call(
              request.get("path").asString(),
              new Metadata(),
              Duration.ofSeconds(30),
              List.of(request.get("body").toString()));
      GoldenAnswer answers = new GoldenAnswer();
      List<String> differences = new ArrayList<>(answers.differences(expected, answer.status()));
      // Where a long log is cut depends on how soon its pages come.
      differences.addAll(
          expected.has("whole")
              ? answers.differences(expected.get("whole"), joined(answer.responses()))
              : answers.differences(expected.path("body"), separate(answer.responses())));
      return differences;
    }
  }

  private static ArrayNode separate(List<JsonNode> messages) {
    ArrayNode recorded = GoldenCases.JSON.createArrayNode();
    messages.forEach(message -> recorded.add(message(message, data(message))));
    return recorded;
  }

  private static JsonNode joined(List<JsonNode> messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    messages.forEach(message -> all.writeBytes(data(message)));
    return message(messages.getFirst(), all.toByteArray());
  }

  private static byte[] data(JsonNode message) {
    return Base64.getDecoder().decode(message.get("data").asString());
  }

  /** In the form in which they were recorded. */
  private static ObjectNode message(JsonNode message, byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    return GoldenCases.JSON
        .createObjectNode()
        .put("content_type", message.get("content_type").asString())
        .put("len", data.length)
        .put("data", text.substring(0, Math.min(text.length(), RECORDED_TEXT)))
        .put("extensions", message.path("extensions").size());
  }
}
