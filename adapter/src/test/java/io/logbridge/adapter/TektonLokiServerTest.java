// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole server with the settings of Tekton Results, over a Loki whose streams have the labels
 * alone that it asks by: that of the namespace, and those that all streams have.
 */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class TektonLokiServerTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");

  @TempDir private static Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private FakeLoki loki;
  private FaultProxy gateway;
  private LogbridgeServer server;

  @BeforeAll
  void start() throws Exception {
    loki = FakeLoki.start(FakeOptions.DEFAULT.limited(2, Duration.ofHours(721)).shuffled());
    gateway = FaultProxy.start(loki.uri());
    // As LokiStack's does, which wants a namespace in each request.
    gateway.inject(
        request -> request.path().endsWith("/labels"),
        new Fault.Answer(HttpAnswer.of(403, "application/json", "{}")));
    push(
        "ns",
        document(0, "run-pod", "step-build", "one"),
        document(1, "run-pod", "step-test", "tested"),
        document(2, "run-pod", "step-build", "two"),
        document(3, "run-pod-2", "step-build", "of another pod, not of run-pod"),
        document(4, "run-pod", "step-build", "three"),
        value(5, "run-pod step-build, by whom nobody knows"));
    push("other", document(6, "run-pod", "step-build", "of another namespace"));
    DatabaseConfig database = TestDatabase.empty(true);
    try (Database open = Database.open(database)) {
      record(open, "run", "ns", "run-pod", "step-build", "step-test");
      record(open, "half-silent", "ns", "run-pod", "step-quiet", "step-test");
      record(open, "silent", "ns", "silent-pod", "step-build");
      TestDatabase.record(
          open,
          "ns/results/r/records/events",
          "results.tekton.dev/v1.EventList",
          """
          {"items":[{"metadata":{"name":"e","namespace":"ns"},"reason":"Started",\
          "message":"it began","type":"Normal","lastTimestamp":"2026-08-20T10:00:02Z",\
          "involvedObject":{"kind":"TaskRun","namespace":"ns","name":"run","uid":"run-uid"}}]}\
          """);
    }
    server = LogbridgeServer.start(ConfigLoader.load(null, environment(database)));
  }

  private Map<String, String> environment(DatabaseConfig database) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("DB_HOST", "in-the-url");
    environment.put("DB_USER", "postgres");
    environment.put("AUTH_DISABLE", "true");
    environment.put("SERVER_PORT", "0");
    environment.put("PROMETHEUS_PORT", "0");
    environment.put("LOGS_API", "true");
    environment.put("LOGS_TYPE", "Loki");
    environment.put("LOGGING_PLUGIN_API_URL", gateway.uri().toString());
    environment.put("LOGGING_PLUGIN_PROXY_PATH", "");
    environment.put(
        "LOGGING_PLUGIN_TOKEN_PATH",
        Files.writeString(folder.resolve("token"), "a token").toString());
    environment.put("LOGGING_PLUGIN_NAMESPACE_KEY", "kubernetes_namespace_name");
    environment.put("LOGGING_PLUGIN_CONTAINER_KEY", "kubernetes.container_name");
    environment.put("LOGGING_PLUGIN_STATIC_LABELS", "log_type=application");
    environment.put("LOGGING_PLUGIN_QUERY_PARAMS", "direction=forward");
    environment.put("LOGBRIDGE_DATABASE_URL", database.url());
    environment.put("LOGBRIDGE_SERVER_HOST", "127.0.0.1");
    environment.put("LOGBRIDGE_LOGS_DELETE", "store");
    return environment;
  }

  private static void record(
      Database database, String name, String namespace, String pod, String... containers) {
    String steps =
        Stream.of(containers)
            .map(c -> "{\"name\":\"%s\",\"container\":\"%s\"}".formatted(c.substring(5), c))
            .collect(Collectors.joining(","));
    TestDatabase.record(
        database,
        namespace + "/results/r/records/" + name,
        "tekton.dev/v1.TaskRun",
        """
        {"metadata":{"name":"%s","namespace":"%s","uid":"%s-uid"},
         "status":{"podName":"%s","startTime":"2026-08-20T10:00:00Z",
          "completionTime":"2026-08-20T10:01:00Z","steps":[%s]}}\
        """
            .formatted(name, namespace, name, pod, steps));
  }

  private static String document(int second, String pod, String container, String message) {
    String json =
        "{\"message\":\"%s\",\"kubernetes\":{\"pod_name\":\"%s\",\"container_name\":\"%s\"}}"
            .formatted(message, pod, container);
    return value(second, json);
  }

  private static String value(int second, String line) {
    return "[\"%d000000000\",\"%s\"]"
        .formatted(T0.getEpochSecond() + second, line.replace("\"", "\\\""));
  }

  private void push(String namespace, String... values) throws IOException, InterruptedException {
    String body =
        "{\"streams\":[{\"stream\":{\"log_type\":\"application\",\"kubernetes_namespace_name\":\""
            + namespace
            + "\"},\"values\":["
            + String.join(",", values)
            + "]}]}";
    HttpRequest push =
        HttpRequest.newBuilder(loki.uri().resolve("/loki/api/v1/push"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body, UTF_8))
            .build();
    assertThat(http.send(push, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
  }

  @AfterAll
  void stop() {
    server.close();
    http.close();
    gateway.close();
    loki.close();
  }

  @Test
  void log_hasTheLinesOfItsContainersAndNoOthers() throws Exception {
    assertThat(log("run", "?prefix=true"))
        .isEqualTo("[build] one\n[build] two\n[build] three\n[test] tested\n");
    assertThat(log("run", "?container=step-test")).isEqualTo("tested\n");
  }

  @Test
  void tail_isTheEndOfTheLog() throws Exception {
    assertThat(log("run", "?container=step-build&tailLines=2&prefix=false"))
        .isEqualTo("two\nthree\n");
  }

  @Test
  void followedLogOfARunThatHasEnded_isTheSame() throws Exception {
    assertThat(log("run", "?container=step-build&follow=true&prefix=false"))
        .isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void events_standAmongTheLinesByTime() throws Exception {
    assertThat(log("run", "?container=step-build&events=true&prefix=false").lines())
        .hasSize(4)
        .startsWith("one")
        .endsWith("three");
  }

  @Test
  void silentContainer_leavesTheLogOfTheOthers() throws Exception {
    assertThat(log("half-silent", "?prefix=false")).isEqualTo("tested\n");
  }

  /** Though the gateway does not let us see what labels there are. */
  @Test
  void silentContainer_hasAnEmptyLogWithAWarning() throws Exception {
    HttpResponse<String> response = get("silent", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("logbridge-warning")).isPresent();
  }

  private String log(String run, String query) throws IOException, InterruptedException {
    HttpResponse<String> response = get(run, query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private HttpResponse<String> get(String run, String query)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + server.port()
                + "/apis/results.tekton.dev/v1alpha3/parents/ns/results/r/logs/"
                + run
                + query);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
