// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.HttpBody;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server where Tekton Results serves no logs either. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class RecordsOnlyServerTest {

  private static final String RECORD = "ns/results/r/records/run";

  private final HttpClient http = HttpClient.newHttpClient();
  private LogbridgeServer server;
  private ManagedChannel channel;

  @BeforeAll
  void start() {
    DatabaseConfig database = TestDatabase.empty(true);
    try (Database open = Database.open(database)) {
      TestDatabase.record(
          open,
          RECORD,
          "tekton.dev/v1.TaskRun",
          "{\"metadata\":{\"name\":\"run\",\"namespace\":\"ns\",\"uid\":\"run-uid\"}}");
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("DB_HOST", "in-the-url");
    environment.put("DB_USER", "postgres");
    environment.put("AUTH_DISABLE", "true");
    environment.put("SERVER_PORT", "0");
    environment.put("PROMETHEUS_PORT", "0");
    environment.put("LOGS_API", "false");
    environment.put("LOGBRIDGE_DATABASE_URL", database.url());
    environment.put("LOGBRIDGE_SERVER_HOST", "127.0.0.1");
    server = LogbridgeServer.start(ConfigLoader.load(null, environment));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterAll
  void stop() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
    http.close();
  }

  @Test
  void records_areServed() throws Exception {
    ResultsGrpc.ResultsBlockingStub results = ResultsGrpc.newBlockingStub(channel);

    assertThat(results.getRecord(GetRecordRequest.newBuilder().setName(RECORD).build()).getName())
        .isEqualTo(RECORD);
    assertThat(
            results
                .listRecords(ListRecordsRequest.newBuilder().setParent("ns/results/-").build())
                .getRecordsCount())
        .isEqualTo(1);
    assertThat(rest("GET", "v1alpha2/parents/" + RECORD).statusCode()).isEqualTo(200);
  }

  @Test
  void reflection_listsNoLogs() throws Exception {
    CompletableFuture<List<String>> services = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> asking =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse answer) {
                    services.complete(
                        answer.getListServicesResponse().getServiceList().stream()
                            .map(ServiceResponse::getName)
                            .toList());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    services.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());

    assertThat(services.get(30, TimeUnit.SECONDS))
        .containsExactlyInAnyOrder(
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection",
            "tekton.results.v1alpha2.Results");
    asking.onCompleted();
  }

  @Test
  void health_knowsNoLogs() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);

    assertThat(
            health
                .check(
                    HealthCheckRequest.newBuilder()
                        .setService("tekton.results.v1alpha2.Results")
                        .build())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
    for (String service : List.of(LogsGrpc.SERVICE_NAME, "tekton.results.v1alpha2.Logs")) {
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(
              () -> health.check(HealthCheckRequest.newBuilder().setService(service).build()))
          .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }
  }

  @Test
  void logs_areNotImplemented_inNeitherVersion() {
    assertUnimplemented(
        LogsGrpc.newBlockingStub(channel)
            .getLog(GetLogRequest.newBuilder().setName("ns/results/r/logs/run").build()));
    assertUnimplemented(
        io.logbridge.proto.v1alpha2.LogsGrpc.newBlockingStub(channel)
            .getLog(
                io.logbridge.proto.v1alpha2.GetLogRequest.newBuilder()
                    .setName("ns/results/r/logs/run")
                    .build()));
  }

  private static void assertUnimplemented(Iterator<HttpBody> log) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(log::hasNext)
        .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, v1alpha2/parents/ns/results/r/logs",
    "GET, v1alpha2/parents/ns/results/r/logs/run",
    "DELETE, v1alpha2/parents/ns/results/r/logs/run",
    "GET, v1alpha3/parents/ns/results/r/logs/run",
  })
  void pathsOfLogs_doNotExist(String method, String path) throws Exception {
    HttpResponse<String> response = rest(method, path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("{\"code\":5,\"message\":\"Not Found\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {LogsGrpc.SERVICE_NAME, "tekton.results.v1alpha2.Logs"})
  void healthz_knowsNoLogs(String service) throws Exception {
    assertThat(get("/healthz?service=" + service).statusCode()).isEqualTo(404);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> rest(String method, String path)
      throws IOException, InterruptedException {
    return send(method, "/apis/results.tekton.dev/" + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
