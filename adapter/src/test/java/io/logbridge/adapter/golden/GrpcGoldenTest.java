// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.RecordedCalls;
import io.logbridge.adapter.stream.ListBackend;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every recorded call over gRPC gets the recorded answer, and so do the requests over HTTP that
 * were recorded between them. Where it does not, because the real server is wrong or we do more,
 * {@code grpc-differences.json} has the answer that it gets, and {@code docs/compatibility.md} the
 * reason.
 */
@Timeout(120)
class GrpcGoldenTest {

  private static final JsonNode DIFFERENCES = GoldenCases.read("grpc-differences.json");

  @TestFactory
  Stream<DynamicTest> calls() {
    LogbridgeServer server = GoldenServer.start(new ListBackend(100));
    RecordedCalls grpc = new RecordedCalls(server);
    GoldenHttp http = new GoldenHttp(HttpFace.HTTP_1_1, server);
    GoldenAnswer answers = new GoldenAnswer();
    return GoldenCases.of("grpc").stream()
        .map(recorded ->
            DynamicTest.dynamicTest(
                recorded.get("name").asString(),
                () -> {
                  if (recorded.at("/request/method").asString().equals("GRPC")) {
                    replay(recorded, grpc, answers);
                  } else {
                    replay(recorded, http, answers);
                  }
                }))
        .onClose(() -> close(grpc, http, server));
  }

  private static void close(AutoCloseable... all) {
    for (AutoCloseable one : all) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void everyDifference_isDocumented() throws IOException {
    String documented = Files.readString(Path.of("../docs/compatibility.md"));

    assertThat(DIFFERENCES.propertyNames())
        .allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
  }

  private static void replay(JsonNode recorded, RecordedCalls grpc, GoldenAnswer answers)
      throws Exception {
    JsonNode request = recorded.get("request");
    RecordedCalls.Answer actual =
        grpc.call(
            request.get("path").asString(),
            headers(recorded),
            recorded.get("name").asString().equals("grpc-deadline")
                ? Duration.ofNanos(1)
                : Duration.ofSeconds(30),
            requests(request.path("body")).map(answers::current).toList());
    JsonNode expected = expected(recorded);
    List<String> differences = new ArrayList<>(answers.differences(expected, actual.status()));
    if (actual.status().isOk() && expected.has("body")) {
      differences.addAll(answers.differences(expected.get("body"), body(expected, actual)));
    }
    assertThat(differences).isEmpty();
  }

  private static JsonNode expected(JsonNode recorded) {
    JsonNode difference = DIFFERENCES.path(recorded.get("name").asString());
    return difference.isMissingNode() ? recorded.get("response") : difference;
  }

  private static Metadata headers(JsonNode recorded) {
    Metadata metadata = new Metadata();
    if (recorded.get("name").asString().endsWith("fields-two-entries")) {
      metadata.put(key("fields"), "results.name"); // only the second one was recorded
    }
    recorded
        .at("/request/headers")
        .properties()
        .forEach(header -> metadata.put(key(header.getKey()), header.getValue().asString()));
    return metadata;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static Stream<String> requests(JsonNode body) {
    Stream<JsonNode> messages = body.isArray() ? body.valueStream() : Stream.of(body);
    return messages.map(GrpcGoldenTest::withData).map(Object::toString);
  }

  /** Large messages were recorded by their size only. */
  private static JsonNode withData(JsonNode message) {
    ObjectNode full = ((ObjectNode) message).deepCopy();
    if (full.has("data_len")) {
      full.put("data", Base64.getEncoder().encodeToString(new byte[full.get("data_len").asInt()]));
    }
    if (full.has("size")) {
      full.put("parent", "g/results/big");
      full.putObject("record")
          .put("name", "g/results/big/records/x")
          .putObject("data")
          .put("type", "x")
          .put("value", Base64.getEncoder().encodeToString(new byte[full.get("size").asInt()]));
    }
    return full;
  }

  /** In the form in which it was recorded. */
  private static JsonNode body(JsonNode expected, RecordedCalls.Answer actual) {
    if (!expected.get("body").isArray()) {
      JsonNode body = actual.responses().getFirst();
      return body instanceof ObjectNode health && "SERVING".equals(health.path("status").asString())
          ? health.put("status", 1)
          : body;
    }
    List<JsonNode> services = new ArrayList<>();
    actual.responses().stream()
        .flatMap(response -> response.at("/list_services_response/service").valueStream())
        .map(service -> service.get("name"))
        .forEach(services::add);
    services.sort((a, b) -> a.asString().compareTo(b.asString()));
    return GoldenCases.JSON.valueToTree(services);
  }

  private static void replay(JsonNode recorded, GoldenHttp http, GoldenAnswer answers)
      throws Exception {
    HttpResponse<String> actual = http.send(recorded.get("request"), answers::current);
    JsonNode expected = expected(recorded);

    assertThat(actual.statusCode()).isEqualTo(expected.get("status").asInt());
    if (expected.has("body") && expected.get("body").isObject()) {
      assertThat(
              answers.differences(expected.get("body"), GoldenCases.JSON.readTree(actual.body())))
          .isEmpty();
    }
  }
}
