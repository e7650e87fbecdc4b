// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.config.ServerConfig.Limits;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.CreateRecordRequest;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LimitsTest {

  private static final String RUN = "ns/results/r/logs/run";

  private final ListBackend store = new ListBackend(100);
  private final DatabaseConfig database = TestDatabase.empty(true);
  private LogbridgeServer server;
  private ManagedChannel channel;

  private void start(Limits limits) {
    try (Database opened = Database.open(database)) {
      TestDatabase.record(
          opened,
          "ns/results/r/records/run",
          "tekton.dev/v1.TaskRun",
          "{'metadata':{'name':'run','namespace':'ns','uid':'u'},'status':{'podName':'run-pod','completionTime':'2026-08-20T10:01:00Z','startTime':'2026-08-20T10:00:00Z','steps':[{'name':'build','container':'step-build'}]}}"
              .replace('\'', '"'));
    }
    store.add(
        new ContainerRef("ns", "run-pod", null, "step-build"),
        LogEntry.of(Instant.parse("2026-08-20T10:00:00Z"), LogStream.STDOUT, "hello"));
    server =
        LogbridgeServer.start(
            TestConfig.of(TestConfig.server(null, limits), new AuthConfig.None(), database, store));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
  }

  @Test
  void callsOfOneCallerBeyondTheLimit_areRefusedUntilOneHasEnded() throws Exception {
    start(new Limits(10, 1, 4 << 20, 64 << 20, Duration.ofHours(1)));

    assertThatTheSecondIsRefused(
        "calls of one caller at once: more than 1 (expected: at most 1,"
            + " server.limits.callsPerCaller)");
  }

  @Test
  void callsOfAllBeyondTheLimit_areRefusedUntilOneHasEnded() throws Exception {
    start(new Limits(1, 1, 4 << 20, 64 << 20, Duration.ofHours(1)));

    assertThatTheSecondIsRefused(
        "calls at once: more than 1 (expected: at most 1, server.limits.calls)");
  }

  @Test
  void aBodyWithoutMeasure_isRefusedBeforeItIsRead() throws Exception {
    start(new Limits(10, 10, 1 << 10, 64 << 20, Duration.ofHours(1)));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + server.port()
                        + "/apis/results.tekton.dev/v1alpha2/parents/ns/results"))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString("x".repeat(5 << 10)))
            .build();

    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(413);
    }
  }

  private void assertThatTheSecondIsRefused(String message) throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    store.hook =
        _ -> {
          reading.countDown();
          goOn.await();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> running = threads.submit(this::getLog);
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();

      assertThatThrownBy(this::getLog).hasMessage("RESOURCE_EXHAUSTED: " + message);
      HttpResponse<String> response = get();
      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.body()).isEqualTo("{\"code\":8,\"message\":\"" + message + "\"}");
      assertThat(getFromKube().body())
          .startsWith("{\"kind\":\"Status\"")
          .contains("\"message\":\"" + message + "\",\"reason\":\"TooManyRequests\"");

      goOn.countDown();
      assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo("hello\n");
    }
    // A call has ended for its client a moment before it has for the server.
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .untilAsserted(() -> assertThat(getLog()).isEqualTo("hello\n"));
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(get().statusCode()).isEqualTo(200));
  }

  @Test
  void aRequestThatIsTooLarge_isRefused() {
    start(new Limits(10, 10, 10_000, 64 << 20, Duration.ofHours(1)));
    Record large =
        Record.newBuilder()
            .setName("ns/results/r/records/large")
            .setData(
                Any.newBuilder()
                    .setType("x")
                    .setValue(ByteString.copyFromUtf8("\"" + "x".repeat(20_000) + "\"")))
            .build();

    assertThatThrownBy(() ->
            ResultsGrpc.newBlockingStub(channel)
                .createRecord(
                    CreateRecordRequest.newBuilder()
                        .setParent("ns/results/r")
                        .setRecord(large)
                        .build()))
        .hasMessageStartingWith("RESOURCE_EXHAUSTED");
  }

  @Test
  void aConnectionThatIsOld_isReplacedAndTheStreamOnItEnds() throws Exception {
    start(new Limits(10, 10, 4 << 20, 64 << 20, Duration.ofSeconds(1)));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch replaced = new CountDownLatch(1);
    store.hook =
        _ -> {
          reading.countDown();
          goOn.await();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> running = threads.submit(this::getLog);
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      // The server's GOAWAY makes the channel give up the connection for new calls.
      channel.notifyWhenStateChanged(ConnectivityState.READY, replaced::countDown);
      assertThat(replaced.await(60, TimeUnit.SECONDS)).isTrue();

      goOn.countDown();
      assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo("hello\n");
    }
    assertThat(getLog()).isEqualTo("hello\n");
  }

  private String getLog() {
    StringBuilder text = new StringBuilder();
    LogsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(90, TimeUnit.SECONDS)
        .getLog(GetLogRequest.newBuilder().setName(RUN).build())
        .forEachRemaining(body -> text.append(body.getData().toStringUtf8()));
    return text.toString();
  }

  private HttpResponse<String> get() throws Exception {
    return get("/apis/results.tekton.dev/v1alpha3/parents/" + RUN);
  }

  private HttpResponse<String> getFromKube() throws Exception {
    return get("/kube/api/v1/namespaces/ns/pods/run-pod/log");
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(),
          BodyHandlers.ofString());
    }
  }
}
