// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.trace.Traces;
import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The spans of calls to the whole server. */
@Timeout(120)
class TracedCallsTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";
  private static final String TRACEPARENT = "00-" + TRACE + "-" + CALLER + "-01";
  private static final String RUN = "ns/results/r/logs/run";
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Traces.Installation traces =
      Traces.install(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(spans))
                      .build())
              .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
              .build());
  private final HttpClient http = HttpClient.newHttpClient();
  private FakeLoki loki;
  private LogbridgeServer server;

  @BeforeEach
  void start() throws Exception {
    loki = FakeLoki.start(FakeOptions.DEFAULT);
    String push =
        """
        {"streams":[{"stream":{"namespace":"ns","pod":"run-pod","container":"step-build"},
         "values":[["1787220000000000001","a line nobody else may see"]]}]}\
        """;
    http.send(
        HttpRequest.newBuilder(loki.uri().resolve("/loki/api/v1/push"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(push))
            .build(),
        BodyHandlers.discarding());
    DatabaseConfig database = TestDatabase.empty(true);
    try (Database open = Database.open(database)) {
      TestDatabase.record(
          open,
          "ns/results/r/records/run",
          "tekton.dev/v1.TaskRun",
          """
          {"metadata":{"name":"run","namespace":"ns","uid":"run-uid"},
           "status":{"podName":"run-pod","startTime":"2026-08-20T10:00:00Z",
            "completionTime":"2026-08-20T10:01:00Z",
            "steps":[{"name":"build","container":"step-build"}]}}\
          """);
    }
    server =
        LogbridgeServer.start(
            ConfigLoader.load(
                null,
                Map.of(
                    "LOGBRIDGE_AUTH_MODE", "none",
                    "LOGBRIDGE_SERVER_PORT", "0",
                    "LOGBRIDGE_SERVER_OPERATIONS_PORT", "0",
                    "LOGBRIDGE_GUARD_MAX_ATTEMPTS", "2",
                    "LOGBRIDGE_GUARD_BACKOFF", "10ms",
                    "LOGBRIDGE_DATABASE_URL", database.url(),
                    "LOGBRIDGE_DATABASE_USER", "postgres",
                    "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "Loki",
                    "LOGBRIDGE_LOG_STORAGE_LOKI_URL", loki.uri().toString(),
                    "LOGBRIDGE_LOG_STORAGE_LOKI_LABELS_PRESET", "fluentd")));
    spans.reset();
  }

  @AfterEach
  void stop() {
    server.close();
    loki.close();
    http.close();
    traces.close();
  }

  @Test
  void logOverRest_isASpanInTheCallersTraceWithItsStatementsAndPagesBelow() throws Exception {
    assertThat(get(RUN)).isEqualTo("a line nobody else may see\n");

    thatOfACall("HTTP GetLog");
  }

  @Test
  void logOverGrpc_isASpanInTheCallersTraceWithItsStatementsAndPagesBelow() throws Exception {
    getOverGrpc();

    thatOfACall("gRPC GetLog");
  }

  private void thatOfACall(String name) {
    SpanData call = await(name);
    assertThat(call.getTraceId()).isEqualTo(TRACE);
    assertThat(call.getParentSpanId()).isEqualTo(CALLER);
    assertThat(call.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(call.getAttributes().get(AttributeKey.stringKey("logbridge.name"))).isEqualTo(RUN);
    assertThat(call.getAttributes().get(AttributeKey.longKey("logbridge.bytes"))).isEqualTo(27L);
    List<SpanData> below = below(call);
    assertThat(below).extracting(SpanData::getName).contains("SELECT", "page");
    assertThat(below)
        .allSatisfy(span -> {
          assertThat(span.getTraceId()).isEqualTo(TRACE);
          assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        });
    SpanData page = below.stream().filter(span -> span.getName().equals("page")).findFirst().get();
    assertThat(page.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("db.system.name"), "loki")
        .containsEntry(AttributeKey.longKey("logbridge.lines"), 1L);
  }

  @Test
  void storeThatIsDown_isTheErrorOfThePageAndOfTheCall() {
    loki.close();

    assertThatThrownBy(this::getOverGrpc)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("UNAVAILABLE");

    SpanData call = await("gRPC GetLog");
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(call.getAttributes().get(ERROR)).isEqualTo("UNAVAILABLE");
    SpanData page =
        below(call).stream().filter(span -> span.getName().equals("page")).findFirst().get();
    assertThat(page.getAttributes().get(ERROR)).isEqualTo("UNAVAILABLE");
    assertThat(page.getEvents()).extracting("name").containsExactly("retry after UNAVAILABLE");
  }

  @Test
  void nameThatDoesNotExist_isNoErrorOfTheServer() throws Exception {
    get("ns/results/r/logs/other");

    SpanData call = await("HTTP GetLog");
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(call.getAttributes().get(ERROR)).isEqualTo("NOT_FOUND");
  }

  @Test
  void spansHoldNeitherTheCallersTokenNorTheLog() throws Exception {
    get(RUN);

    await("HTTP GetLog");
    assertThat(spans.getFinishedSpanItems().toString())
        .contains(RUN)
        .doesNotContain("s3cret")
        .doesNotContain("a line");
  }

  private String get(String name) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/apis/results.tekton.dev/v1alpha3/parents/%s"
                .formatted(server.port(), name));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("traceparent", TRACEPARENT)
            .header("Authorization", "Bearer s3cret")
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private void getOverGrpc() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), TRACEPARENT);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try {
      LogsGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .getLog(GetLogRequest.newBuilder().setName(RUN).build())
          .forEachRemaining(_ -> {});
    } finally {
      channel.shutdownNow();
    }
  }

  /** A client may have its answer before the span of the call has ended. */
  private SpanData await(String name) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                spans.getFinishedSpanItems().stream()
                    .filter(span -> span.getName().equals(name))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private List<SpanData> below(SpanData call) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getParentSpanId().equals(call.getSpanId()))
        .toList();
  }
}
