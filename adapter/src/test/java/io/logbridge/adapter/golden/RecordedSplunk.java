// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import io.logbridge.backend.splunk.fake.FakeSplunk;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Splunk of a case. What it answered was not recorded; its events are those that give the rows
 * of which the recorded log was made, and its failures those that the case is named after. Of a run
 * that nobody asks for there are events always.
 */
final class RecordedSplunk implements RecordedStore {

  /** An event: the container that wrote it, and what it has besides. */
  private record Event(String container, ObjectNode content) {

    static Event of(int step, String message) {
      return new Event(
          GoldenRun.container(step), GoldenCases.JSON.createObjectNode().put("message", message));
    }
  }

  private static final List<Event> USUAL =
      List.of(
          Event.of(0, "hello"),
          Event.of(0, "{\"lvl\":\"info\"}"),
          Event.of(1, "x"),
          Event.of(0, "again"));

  private final FakeSplunk splunk = new FakeSplunk();
  private final FaultProxy proxy;
  private final String name;

  RecordedSplunk(JsonNode recorded) throws IOException, InterruptedException {
    name = recorded.get("name").asString();
    proxy = FaultProxy.start(splunk.uri());
    splunk.createIndex("main");
    collect(GoldenRun.OTHER, USUAL);
    collect(GoldenRun.of(recorded), events());
    switch (name) {
      case "splunk-rest-failed-job" -> splunk.say("FATAL", "The search job has failed");
      case "splunk-rest-two-polls" -> splunk.queue();
      case "splunk-rest-poll-500-until-timeout" ->
          proxy.inject(new Fault.Answer(HttpAnswer.json(500, "{}")));
      default -> {}
    }
  }

  private List<Event> events() {
    return switch (name) {
      case "splunk-rest-no-rows" -> List.of();
      case "splunk-rest-row-with-number" ->
          List.of(
              new Event(
                  GoldenRun.container(0), GoldenCases.JSON.createObjectNode().put("message", 42)));
      // A row is short of a column where an event has not the field.
      case "splunk-rest-row-with-two-columns" ->
          List.of(
              new Event(
                  GoldenRun.container(0), GoldenCases.JSON.createObjectNode().put("level", "info")),
              Event.of(0, "b"));
      default -> USUAL;
    };
  }

  private void collect(GoldenRun run, List<Event> events) throws IOException, InterruptedException {
    StringBuilder messages = new StringBuilder();
    Instant time = run.start();
    for (Event event : events) {
      time = time.plusSeconds(1);
      ObjectNode message =
          GoldenCases.JSON
              .createObjectNode()
              .put("time", time.getEpochSecond())
              .put("index", "main")
              .put("sourcetype", "_json");
      ObjectNode content = event.content().deepCopy();
      content
          .putObject("kubernetes")
          .put("namespace_name", run.namespace())
          .put("pod_name", run.pod())
          .put("container_name", event.container())
          .putObject("labels")
          .put("tekton_dev_taskRunUID", run.uid());
      message.set("event", content);
      messages.append(message);
    }
    if (!events.isEmpty()) {
      send(messages.toString());
    }
  }

  private void send(String messages) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(splunk.uri().resolve("/services/collector/event"))
              .header("Authorization", "Splunk " + FakeSplunk.COLLECTOR_TOKEN)
              .POST(BodyPublishers.ofString(messages))
              .build();
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IOException("status " + status);
      }
    }
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "LOGS_TYPE", "splunk",
        "LOGGING_PLUGIN_API_URL", proxy.uri().toString(),
        "SPLUNK_SEARCH_TOKEN", name.endsWith("create-401") ? "tok-123" : FakeSplunk.TOKEN,
        "LOGGING_PLUGIN_NAMESPACE_KEY", "kubernetes.namespace_name",
        "LOGGING_PLUGIN_CONTAINER_KEY", "kubernetes.container_name",
        "LOGGING_PLUGIN_QUERY_PARAMS", "index=main");
  }

  @Override
  public void underWay() {
    if (name.equals("splunk-rest-two-polls")) {
      Awaitility.await().until(() -> splunk.running() > 0);
      splunk.heal();
    }
  }

  @Override
  public void close() throws IOException {
    splunk.heal();
    proxy.close();
    splunk.close();
  }
}
