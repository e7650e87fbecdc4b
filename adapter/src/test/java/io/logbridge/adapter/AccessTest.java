// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.HttpBody;
import io.fabric8.mockwebserver.http.MockResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.auth.RequestHeaderConfig;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server with a cluster that knows Jane, who may read in {@code ns} and nowhere else. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class AccessTest {

  private static final String JANE = "janes-token";
  private static final String RUN = "ns/results/r/logs/run";
  private static final String FOREIGN_RUN = "other/results/r/logs/run";

  private final FakeCluster cluster = new FakeCluster(false);
  private final HttpClient http = HttpClient.newHttpClient();
  private LogbridgeServer server;
  private ManagedChannel channel;

  @BeforeAll
  void start() {
    cluster.user(JANE, "jane");
    cluster.allowed =
        spec -> spec.get("resourceAttributes").path("namespace").asString("").equals("ns");
    DatabaseConfig databaseConfig = TestDatabase.empty(true);
    try (Database database = Database.open(databaseConfig)) {
      taskRun(database, "ns");
      taskRun(database, "other");
    }
    ListBackend store = new ListBackend(100);
    ContainerRef build = new ContainerRef("ns", "run-pod", null, "step-build");
    Instant start = Instant.parse("2026-08-20T10:00:00Z");
    store.add(build, LogEntry.of(start, LogStream.STDOUT, "hello"));
    server =
        LogbridgeServer.start(
            TestConfig.of(
                TestConfig.SERVER,
                new AuthConfig.Kubernetes(
                    cluster.api(),
                    true,
                    List.of(),
                    new AuthConfig.Cache(Duration.ZERO, Duration.ZERO, 100),
                    new RequestHeaderConfig.None()),
                databaseConfig,
                store));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  private static void taskRun(Database database, String namespace) {
    TestDatabase.record(
        database,
        namespace + "/results/r/records/run",
        "tekton.dev/v1.TaskRun",
        "{'metadata':{'name':'run','namespace':'%s','uid':'u'},'status':{'podName':'run-pod','completionTime':'2026-08-20T10:01:00Z','startTime':'2026-08-20T10:00:00Z','steps':[{'name':'build','container':'step-build'}]}}"
            .formatted(namespace)
            .replace('\'', '"'));
  }

  @AfterEach
  void healTheCluster() {
    cluster.trouble = null;
    cluster.asked().clear();
  }

  @AfterAll
  void stop() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
    cluster.close();
    http.close();
  }

  @Test
  void whoMayRead_reads() throws Exception {
    HttpResponse<String> response = get(RUN, "Authorization", "Bearer " + JANE);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hello\n");
    assertThat(getLog(RUN, JANE)).isEqualTo("hello\n");
    assertThat(getRecord("ns/results/r/records/run", JANE)).isEqualTo("tekton.dev/v1.TaskRun");
  }

  @Test
  void withoutAToken_nothingIsServedButHealth() throws Exception {
    HttpResponse<String> response = get(RUN);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("unable to find token");
    assertThat(response.body()).isEqualTo("{\"code\":16,\"message\":\"unable to find token\"}");
    assertRefused(() -> getLog(RUN, null), "UNAUTHENTICATED: unable to find token");
    assertRefused(
        () -> getRecord("ns/results/r/records/run", null), "UNAUTHENTICATED: unable to find token");
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @ParameterizedTest
  @ValueSource(strings = {FOREIGN_RUN, "other/results/nothing/logs/nothing"})
  void whoMayNotRead_doesNotLearnWhatExists(String name) throws Exception {
    HttpResponse<String> response = get(name, "Authorization", "Bearer " + JANE);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("permission denied");
    assertThat(response.body()).isEqualTo("{\"code\":16,\"message\":\"permission denied\"}");
    assertRefused(() -> getLog(name, JANE), "UNAUTHENTICATED: permission denied");
    assertRefused(
        () -> getRecord(name.replace("logs", "records"), JANE),
        "UNAUTHENTICATED: permission denied");
  }

  @Test
  void whoMayNotRead_isRefusedBeforeTheirOptionsAreLookedAt() throws Exception {
    HttpResponse<String> response =
        get(FOREIGN_RUN + "?tailLines=-1", "Authorization", "Bearer " + JANE);

    assertThat(response.statusCode()).isEqualTo(401);
  }

  @Test
  void aMalformedName_isRefusedBeforeTheClusterIsAsked() {
    assertRefused(() -> getLog("ns/results/r", JANE), "INVALID_ARGUMENT: Invalid Name: ");
    assertRefused(() -> getRecord("ns/results/r", JANE), "INVALID_ARGUMENT: name must match");

    assertThat(cluster.asked()).isEmpty();
  }

  @Test
  void aClusterThatDoesNotAnswer_opensNothing() throws Exception {
    cluster.trouble = new MockResponse().setResponseCode(500);

    assertThat(get(RUN, "Authorization", "Bearer " + JANE).statusCode()).isEqualTo(503);
    assertRefused(() -> getLog(RUN, JANE), "UNAVAILABLE: whether this is allowed cannot be found");
    assertRefused(
        () -> getRecord("ns/results/r/records/run", JANE),
        "UNAVAILABLE: whether this is allowed cannot be found");
  }

  @Test
  void rest_metadataOfGrpcGateway_countsAsHeaders() throws Exception {
    assertThat(get(RUN, "Grpc-Metadata-Authorization", "Bearer " + JANE).statusCode())
        .isEqualTo(200);
    get(RUN, "Authorization", "Bearer " + JANE, "Grpc-Metadata-Impersonate-User", "joe");

    assertThat(cluster.asked().getLast().spec().get("resourceAttributes"))
        .hasToString("{\"name\":\"joe\",\"resource\":\"users\",\"verb\":\"impersonate\"}");
  }

  @Test
  void aUserWithALineEndInTheName_writesNoHeaderOfTheAnswer() throws Exception {
    cluster.user("token-of-mallory", "mallory\r\nX-Evil: yes\r\n");

    HttpResponse<String> response =
        get(RUN, "Authorization", "Bearer token-of-mallory", "Impersonate-User", "jane");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("X-Evil")).isEmpty();
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains(
            "permission denied: forbidden: 'mallory??X-Evil: yes??' doesn't have permission to"
                + " impersonate 'users'");
  }

  @FunctionalInterface
  private interface Call {
    String run();
  }

  private static void assertRefused(Call call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith(message)
        .satisfies(e -> assertThat(Status.fromThrowable(e).isOk()).isFalse());
  }

  private String getLog(String name, String token) {
    StringBuilder text = new StringBuilder();
    with(LogsGrpc.newBlockingStub(channel), token)
        .getLog(GetLogRequest.newBuilder().setName(name).build())
        .forEachRemaining((HttpBody body) -> text.append(body.getData().toStringUtf8()));
    return text.toString();
  }

  private String getRecord(String name, String token) {
    return with(ResultsGrpc.newBlockingStub(channel), token)
        .getRecord(GetRecordRequest.newBuilder().setName(name).build())
        .getData()
        .getType();
  }

  private static <S extends AbstractStub<S>> S with(S stub, String token) {
    Metadata headers = new Metadata();
    if (token != null) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(String name, String... headers) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/apis/results.tekton.dev/v1alpha3/parents/%s"
                .formatted(server.port(), name));
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
