// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that a real watcher of Tekton Results v0.15.3 has asked in the life of a PipelineRun
 * and two TaskRuns, asked again of a new server.
 */
@Timeout(120)
class WatcherTraceTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String RESULTS = "/tekton.results.v1alpha2.Results/";
  private static final String UPDATE_LOG = "/tekton.results.v1alpha2.Logs/UpdateLog";
  private static final String LOG = "results.tekton.dev/v1alpha3.Log";
  private static final String REFLECTION =
      "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

  /** What the server makes up. */
  private static final List<String> MADE_UP =
      List.of("id", "uid", "etag", "created_time", "create_time", "updated_time", "update_time");

  /** The etags that this server has given where the recorded one gave those. */
  private final Map<String, String> etags = new HashMap<>();

  /** The Log that was made last; the recording has no messages of those who push. */
  private String log = "";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plugin-logs_api-false",
        "plugin-logs_api-true",
        "plugin-delete",
        "file-logs_api-true"
      })
  void aWatcher_getsWhatItGotFromTektonResults_andItsRecordsByteForByte(String trace)
      throws Exception {
    try (LogbridgeServer server =
            LogbridgeServer.start(
                TestConfig.of(
                    TestConfig.SERVER,
                    new AuthConfig.None(),
                    TestDatabase.empty(true),
                    new ListBackend(100)));
        RecordedCalls calls = new RecordedCalls(server)) {
      for (JsonNode recorded : read(trace).get("grpc_calls")) {
        String method = recorded.get("method").asString();
        if (method.startsWith(RESULTS)) {
          replay(recorded, calls);
        } else if (method.equals(UPDATE_LOG)) {
          push(calls);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", ""})
  void aWatcher_findsNoServiceToPushLogsTo(String listed) throws Exception {
    try (LogbridgeServer server =
            LogbridgeServer.start(
                TestConfig.of(
                    TestConfig.SERVER,
                    new AuthConfig.None(),
                    TestDatabase.empty(true),
                    new ListBackend(100)));
        RecordedCalls calls = new RecordedCalls(server)) {
      String request = JSON.createObjectNode().put("list_services", listed).toString();

      List<String> names =
          call(calls, REFLECTION, request)
              .responses()
              .getFirst()
              .at("/list_services_response/service")
              .findValuesAsString("name");
      assertThat(names)
          .containsExactlyInAnyOrder(
              "grpc.health.v1.Health",
              "grpc.reflection.v1.ServerReflection",
              "grpc.reflection.v1alpha.ServerReflection",
              "tekton.results.v1alpha2.Results",
              "tekton.results.v1alpha3.Logs");
    }
  }

  private void replay(JsonNode recorded, RecordedCalls calls) throws Exception {
    String method = recorded.get("method").asString();
    ObjectNode request = whole(recorded.get("requests").get(0));
    if (request.has("etag")) {
      request.put("etag", etags.get(request.get("etag").asString()));
    }

    RecordedCalls.Answer actual = call(calls, method, request.toString());

    String what = "%s at %s s".formatted(method, recorded.get("t"));
    assertThat(actual.status().getCode()).as(what).hasToString(status(recorded));
    if (!recorded.get("responses").isEmpty()) {
      ObjectNode expected = whole(recorded.get("responses").get(0));
      ObjectNode response = (ObjectNode) actual.responses().getFirst();
      etags.put(expected.get("etag").asString(), response.get("etag").asString());
      assertThat(meaning(response)).as(what).isEqualTo(meaning(expected));
    }
    JsonNode sent = request.path("record");
    if (isLog(sent)) {
      log = sent.get("name").asString();
      assertThat(document(stored(calls, log)).at("/status").toString())
          .as(what)
          .isEqualTo(
              "{\"size\":0,\"isStored\":true,\"logForwarder\":\"External\",\"storage\":{\"type\":"
                  + "\"List\"},\"errorOnStoreMsg\":\"\",\"isRetryableErr\":false}");
    } else if (!sent.isMissingNode()) {
      assertThat(stored(calls, sent.get("name").asString()).at("/data/value"))
          .as(what)
          .isEqualTo(sent.at("/data/value"));
    }
  }

  /** A watcher that has found the older service of a server, and pushes the log there. */
  private void push(RecordedCalls calls) throws Exception {
    String request =
        JSON.createObjectNode().put("name", log.replace("/records/", "/logs/")).toString();

    assertThat(call(calls, UPDATE_LOG, request).status().getCode())
        .hasToString("FAILED_PRECONDITION");
  }

  private static boolean isLog(JsonNode record) {
    return record.at("/data/type").asString("").equals(LOG);
  }

  private static JsonNode document(JsonNode record) {
    return JSON.readTree(Base64.getDecoder().decode(record.at("/data/value").asString()));
  }

  /** Documents were recorded as what they mean, with only the beginning of their bytes. */
  private static ObjectNode whole(JsonNode message) {
    ObjectNode copy = (ObjectNode) message.deepCopy();
    for (JsonNode data : copy.findValues("data")) {
      byte[] document = ((ObjectNode) data).remove("value_decoded").toString().getBytes(UTF_8);
      ((ObjectNode) data).put("value", Base64.getEncoder().encodeToString(document));
    }
    return copy;
  }

  /** v0.15.3 did not know that status; watchers since v0.17 expect it. */
  private static String status(JsonNode recorded) {
    boolean duplicate = recorded.path("details").asString("").contains("SQLSTATE 23505");
    return duplicate ? "ALREADY_EXISTS" : recorded.get("status").asString();
  }

  private static JsonNode meaning(ObjectNode message) {
    ObjectNode copy = message.deepCopy();
    copy.remove(MADE_UP);
    if (copy.path("data") instanceof ObjectNode data) {
      JsonNode document = document(copy);
      if (isLog(copy)) {
        // Where it is, and that it is there, is ours to say.
        ((ObjectNode) document).remove("status");
        ((ObjectNode) document.get("spec")).remove("type");
      }
      data.set("value", document);
    }
    return copy;
  }

  private static JsonNode stored(RecordedCalls calls, String name) throws Exception {
    String request = JSON.createObjectNode().put("name", name).toString();
    return call(calls, RESULTS + "GetRecord", request).responses().getFirst();
  }

  private static RecordedCalls.Answer call(RecordedCalls calls, String method, String request)
      throws Exception {
    return calls.call(method, new Metadata(), Duration.ofSeconds(30), List.of(request));
  }

  private static JsonNode read(String trace) throws IOException {
    try (InputStream in =
        WatcherTraceTest.class.getResourceAsStream("golden/watcher/" + trace + ".json")) {
      return JSON.readTree(in);
    }
  }
}
