// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Loki of a case, made from the answer that was recorded: the documents from which LogQL made
 * its lines. Each stream is a step of the run; stamps that are not in the time of the run count
 * from its beginning. Of a run that nobody asks for there are lines always.
 */
final class RecordedLoki implements RecordedStore {

  /** What {@code line_format} put before the message. */
  private static final Pattern LINE = Pattern.compile("(?:container-\\S+: message=)?(.*)");

  private static final String TOKEN = "fake-service-account-token";
  private static final long RECORDED_START = nanos(GoldenRun.BUILD.start());

  private final FakeLoki loki;
  private final FaultProxy proxy;
  private final Path token;

  RecordedLoki(JsonNode recorded) throws IOException, InterruptedException {
    loki = FakeLoki.start(FakeOptions.DEFAULT);
    proxy = FaultProxy.start(loki.uri());
    token = Files.writeString(Files.createTempFile("logbridge-golden", ".token"), TOKEN);
    JsonNode answer = answer(recorded);
    boolean failed =
        answer.get("status").asInt() != 200
            || !answer.at("/body/status").asString("").equals("success");
    if (failed) {
      JsonNode body = answer.get("body");
      proxy.inject(
          new Fault.Answer(
              HttpAnswer.json(
                  answer.get("status").asInt(),
                  body.isString() ? body.asString() : body.toString())));
    } else {
      push(GoldenRun.of(recorded), answer.at("/body/data/result"));
      push(GoldenRun.OTHER, usual().at("/body/data/result"));
    }
  }

  /** Calls over gRPC have the name of what the store said where it is nothing special. */
  private static JsonNode answer(JsonNode recorded) {
    JsonNode answer = recorded.get("backend_response");
    if (!answer.get("body").asString("").equals("default OK / long")) {
      return answer;
    }
    return recorded.get("name").asString().contains("chunks") ? longer() : usual();
  }

  private static JsonNode usual() {
    return GoldenCases.read("loki/loki-rest-taskrun-ok.json").get("backend_response");
  }

  /** 99,999 bytes, with the line ends between them. */
  private static JsonNode longer() {
    ObjectNode answer = GoldenCases.JSON.createObjectNode().put("status", 200);
    ObjectNode body = answer.putObject("body").put("status", "success");
    ArrayNode values = body.putObject("data").putArray("result").addObject().putArray("values");
    for (int i = 0; i < 1000; i++) {
      values.addArray().add(Long.toString(i)).add("x".repeat(99));
    }
    return answer;
  }

  private void push(GoldenRun run, JsonNode streams) throws IOException, InterruptedException {
    ObjectNode push = GoldenCases.JSON.createObjectNode();
    ArrayNode pushed = push.putArray("streams");
    for (JsonNode stream : streams) {
      String container = GoldenRun.container(pushed.size());
      ObjectNode next = pushed.addObject();
      next.putObject("stream")
          .put("log_type", "application")
          .put("kubernetes_namespace_name", run.namespace());
      ArrayNode values = next.putArray("values");
      for (JsonNode value : stream.get("values")) {
        ArrayNode entry = values.addArray();
        entry.add(Long.toString(stamp(run, value.get(0).asString())));
        entry.add(document(run, container, value.get(1).asString()).toString());
        Optional.ofNullable(value.get(2))
            .map(more -> more.get("structuredMetadata"))
            .ifPresent(entry::add);
      }
    }
    send(push);
  }

  private static long stamp(GoldenRun run, String recorded) {
    long stamp = Long.parseLong(recorded);
    return nanos(run.start()) + (stamp < RECORDED_START ? stamp : stamp - RECORDED_START);
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }

  private static ObjectNode document(GoldenRun run, String container, String line) {
    Matcher matcher = LINE.matcher(line);
    matcher.matches();
    ObjectNode document = GoldenCases.JSON.createObjectNode().put("message", matcher.group(1));
    document
        .putObject("kubernetes")
        .put("namespace_name", run.namespace())
        .put("pod_name", run.pod())
        .put("container_name", container)
        .putObject("labels")
        .put("tekton_dev_taskRunUID", run.uid());
    return document;
  }

  private void send(JsonNode push) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(loki.uri().resolve("/loki/api/v1/push"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(push.toString()))
              .build();
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 204) {
        throw new IOException("status " + status);
      }
    }
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "LOGS_TYPE", "loki",
        "LOGGING_PLUGIN_API_URL", proxy.uri().toString(),
        "LOGGING_PLUGIN_PROXY_PATH", "",
        "LOGGING_PLUGIN_TOKEN_PATH", token.toString(),
        "LOGGING_PLUGIN_NAMESPACE_KEY", "kubernetes_namespace_name",
        "LOGGING_PLUGIN_CONTAINER_KEY", "kubernetes.container_name",
        "LOGGING_PLUGIN_STATIC_LABELS", "log_type=application",
        "LOGGING_PLUGIN_QUERY_LIMIT", "1700",
        "LOGGING_PLUGIN_QUERY_PARAMS", "direction=forward");
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    loki.close();
    Files.delete(token);
  }
}
