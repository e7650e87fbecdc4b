// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.HttpBody;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** The whole server, configured as a user does it, over a Loki with a small limit. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class LokiServerTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final int LINES = 10_000;
  private static final Metadata.Key<String> WARNING =
      Metadata.Key.of("logbridge-warning", Metadata.ASCII_STRING_MARSHALLER);

  private final HttpClient http = HttpClient.newHttpClient();
  private FakeLoki loki;
  private LogbridgeServer server;
  private ManagedChannel channel;

  @BeforeAll
  void start() throws Exception {
    loki = FakeLoki.start(FakeOptions.DEFAULT.limited(1000, Duration.ofHours(721)).shuffled());
    push(
        "step-build",
        IntStream.range(0, LINES)
            .mapToObj(i -> value(T0.plusNanos(i * 1000L), "line " + i))
            .collect(Collectors.joining(",")));
    DatabaseConfig database = TestDatabase.empty(true);
    try (Database open = Database.open(database)) {
      record(open, "run", "step-build");
      record(open, "silent", "step-silent");
    }
    server = start(database, loki.uri());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  private static LogbridgeServer start(DatabaseConfig database, URI loki) {
    Map<String, String> environment =
        Map.of(
            "LOGBRIDGE_AUTH_MODE", "none",
            "LOGBRIDGE_SERVER_PORT", "0",
            "LOGBRIDGE_SERVER_OPERATIONS_PORT", "0",
            "LOGBRIDGE_GUARD_MAX_ATTEMPTS", "1",
            "LOGBRIDGE_DATABASE_URL", database.url(),
            "LOGBRIDGE_DATABASE_USER", "postgres",
            "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "Loki",
            "LOGBRIDGE_LOG_STORAGE_LOKI_URL", loki.toString(),
            "LOGBRIDGE_LOG_STORAGE_LOKI_LABELS_PRESET", "fluentd");
    return LogbridgeServer.start(ConfigLoader.load(null, environment));
  }

  private static void record(Database database, String name, String container) {
    TestDatabase.record(
        database,
        "ns/results/r/records/" + name,
        "tekton.dev/v1.TaskRun",
        """
        {"metadata":{"name":"%s","namespace":"ns","uid":"%s-uid"},
         "status":{"podName":"run-pod","startTime":"2026-08-20T10:00:00Z",
          "completionTime":"2026-08-20T10:01:00Z",
          "steps":[{"name":"build","container":"%s"}]}}\
        """
            .formatted(name, name, container));
  }

  private static String value(Instant time, String text) {
    return "[\"%d%09d\",\"{\\\"log\\\":\\\"%s\\\\n\\\",\\\"stream\\\":\\\"stdout\\\"}\"]"
        .formatted(time.getEpochSecond(), time.getNano(), text);
  }

  private void push(String container, String values) throws IOException, InterruptedException {
    String body =
        "{\"streams\":[{\"stream\":{\"namespace\":\"ns\",\"pod\":\"run-pod\",\"container\":\""
            + container
            + "\"},\"values\":["
            + values
            + "]}]}";
    HttpRequest push =
        HttpRequest.newBuilder(loki.uri().resolve("/loki/api/v1/push"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(push, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
  }

  @AfterAll
  void stop() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
    http.close();
    loki.close();
  }

  @Test
  void log_isCompleteAndInOrderOnBothFaces() throws Exception {
    String expected =
        IntStream.range(0, LINES).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    assertThat(grpc("ns/results/r/logs/run")).isEqualTo(expected);
    HttpResponse<String> response = rest("ns/results/r/logs/run", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(expected);
  }

  @Test
  void tail_isTheEndOfTheLog() throws Exception {
    assertThat(rest("ns/results/r/logs/run", "?tailLines=2&timestamps=true").body())
        .isEqualTo(
            """
            2026-08-20T10:00:00.009998000Z line 9998
            2026-08-20T10:00:00.009999000Z line 9999
            """);
  }

  /** Loki cannot tell whether it wrote nothing or is called otherwise there. */
  @Test
  void containerOfWhichThereAreNoLines_hasAnEmptyLogWithAWarning() throws Exception {
    String warning =
        "the store has no lines of this log, though its containers have run (expected: some, unless"
            + " they print nothing; logbridge check looks for settings that are wrong)";
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    var messages =
        LogsGrpc.newBlockingStub(channel)
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers))
            .getLog(GetLogRequest.newBuilder().setName("ns/results/r/logs/silent").build());

    assertThat(messages.hasNext()).isFalse();
    assertThat(trailers.get().get(WARNING)).isEqualTo(warning);
    HttpResponse<String> response = rest("ns/results/r/logs/silent", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("logbridge-warning")).hasValue(warning);
  }

  @Test
  void logWithLines_hasNoWarning() throws Exception {
    assertThat(rest("ns/results/r/logs/run", "?tailLines=1").headers().map())
        .doesNotContainKey("logbridge-warning");
  }

  @Test
  void partOfALogWithoutLines_hasNoWarning() throws Exception {
    assertThat(rest("ns/results/r/logs/silent", "?sinceTime=2026-08-20T10:00:30Z").headers().map())
        .doesNotContainKey("logbridge-warning");
  }

  @Test
  void lokiThatIsGone_isUnavailable() throws Exception {
    FakeLoki gone = FakeLoki.start(FakeOptions.DEFAULT);
    URI url = gone.uri();
    gone.close();
    DatabaseConfig database = TestDatabase.empty(true);
    try (Database open = Database.open(database)) {
      record(open, "run", "step-build");
    }
    LogbridgeServer other = start(database, url);
    ManagedChannel toOther =
        NettyChannelBuilder.forAddress("127.0.0.1", other.port()).usePlaintext().build();
    try {
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(() ->
              LogsGrpc.newBlockingStub(toOther)
                  .getLog(GetLogRequest.newBuilder().setName("ns/results/r/logs/run").build())
                  .hasNext())
          .satisfies(e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(e.getStatus().getDescription()).contains("Loki query_range");
          });
    } finally {
      toOther.shutdownNow();
      other.close();
    }
  }

  private String grpc(String name) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LogsGrpc.newBlockingStub(channel)
        .getLog(GetLogRequest.newBuilder().setName(name).build())
        .forEachRemaining((HttpBody message) -> log.writeBytes(message.getData().toByteArray()));
    return log.toString(UTF_8);
  }

  private HttpResponse<String> rest(String name, String query)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + server.port()
                + "/apis/results.tekton.dev/v1alpha3/parents/"
                + name
                + query);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
