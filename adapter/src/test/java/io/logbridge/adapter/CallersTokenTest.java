// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.HttpBody;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.backend.SettingsException;
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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** A server before LokiStack's gateway, which lets Jane read, and neither Joe nor Logbridge. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class CallersTokenTest {

  private static final String JANE = "janes-token";
  private static final String JOE = "joes-token";
  private static final String ROBOT = "robots-token";
  private static final String RUN = "ns/results/r/logs/run";
  private static final String GATEWAY = "/api/logs/v1/application";

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeCluster cluster = new FakeCluster(false);
  private DatabaseConfig database;
  private FakeLoki loki;
  private LogbridgeServer server;
  private ManagedChannel channel;

  @BeforeAll
  void start() throws Exception {
    cluster.user(JANE, "jane");
    cluster.user(JOE, "joe");
    cluster.user(ROBOT, "robot");
    loki =
        FakeLoki.start(
            FakeOptions.DEFAULT.behind(
                new FakeOptions.Gateway(GATEWAY, JANE, "kubernetes_namespace_name")));
    push();
    database = TestDatabase.empty(true);
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
    server = start(Map.of());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  private void push() throws IOException, InterruptedException {
    String body =
        """
        {"streams":[{"stream":{"kubernetes_namespace_name":"ns","kubernetes_pod_name":"run-pod",
          "kubernetes_container_name":"step-build"},
          "values":[["1787220000000000000","{\\"message\\":\\"hers\\"}"]]}]}\
        """;
    HttpRequest push =
        HttpRequest.newBuilder(loki.uri().resolve("/loki/api/v1/push"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(push, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
  }

  private LogbridgeServer start(Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "LOGBRIDGE_AUTH_KUBERNETES_URL", cluster.api().url(),
                "LOGBRIDGE_AUTH_KUBERNETES_TOKEN", FakeCluster.OWN_TOKEN,
                "LOGBRIDGE_SERVER_PORT", "0",
                "LOGBRIDGE_SERVER_OPERATIONS_PORT", "0",
                "LOGBRIDGE_DATABASE_URL", database.url(),
                "LOGBRIDGE_DATABASE_USER", "postgres",
                "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "Loki",
                "LOGBRIDGE_LOG_STORAGE_LOKI_URL", loki.tenantUri().toString(),
                "LOGBRIDGE_LOG_STORAGE_LOKI_LABELS_PRESET", "viaq",
                "LOGBRIDGE_LOG_STORAGE_LOKI_CREDENTIALS", "caller"));
    environment.put("LOGBRIDGE_DASHBOARD_ENABLED", "true");
    environment.put("LOGBRIDGE_DASHBOARD_CREDENTIALS", "dashboard:secret *");
    environment.putAll(more);
    return LogbridgeServer.start(ConfigLoader.load(null, environment));
  }

  @AfterAll
  void stop() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
    http.close();
    loki.close();
    cluster.close();
  }

  @Test
  void callerWhomTheStoreLetsRead_getsTheLogOnBothFaces() throws Exception {
    assertThat(grpc(JANE, Map.of())).isEqualTo("hers\n");
    HttpResponse<String> response = rest(server, "Bearer " + JANE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hers\n");
  }

  /** After somebody who may has read the same: nothing of theirs is kept. */
  @Test
  void callerWhomTheStoreRefuses_isDenied() throws Exception {
    assertThat(grpc(JANE, Map.of())).isEqualTo("hers\n");

    assertThatThrownBy(() -> grpc(JOE, Map.of()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED))
        .hasMessageContaining("Loki query_range: status 401, the caller may not read this there")
        .hasMessageNotContaining(JOE);
    HttpResponse<String> response = rest(server, "Bearer " + JOE);
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).doesNotContain(JOE).contains("logStorage.loki.credentials");
  }

  @Test
  void kubectl_isAnsweredWithWhatTheStoreLetsItsUserRead() throws Exception {
    HttpResponse<String> hers = kube("Bearer " + JANE);
    HttpResponse<String> his = kube("Bearer " + JOE);

    assertThat(hers.statusCode()).isEqualTo(200);
    assertThat(hers.body()).isEqualTo("hers\n");
    assertThat(his.statusCode()).isEqualTo(403);
    assertThat(his.body())
        .contains("\"reason\":\"Forbidden\"", "the caller may not read this there")
        .doesNotContain(JOE, "hers");
  }

  private HttpResponse<String> kube(String authorization) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:" + server.port() + "/kube/api/v1/namespaces/ns/pods/run-pod/log");
    return http.send(
        HttpRequest.newBuilder(uri).header("Authorization", authorization).build(),
        BodyHandlers.ofString());
  }

  /** The token is the robot's, and the rights would be the robot's too. */
  @Test
  void callerWhoActsAsAnother_isRefused() {
    assertThatThrownBy(() -> grpc(ROBOT, Map.of("impersonate-user", "jane")))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED))
        .hasMessageContaining("Loki is asked with the token of the caller");
  }

  @Test
  void dashboard_saysThatItHasNoTokenOfTheUsers() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/logs/ns/run-pod/step-build");
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(uri)
                .header("Authorization", "Basic ZGFzaGJvYXJkOnNlY3JldA==")
                .build(),
            BodyHandlers.ofString());

    assertThat(response.body())
        .startsWith("::error::[logbridge]")
        .contains("Loki is asked with the token of the caller, and this call has none");
  }

  @Test
  void withoutAuthentication_theStoreAloneDecides() throws Exception {
    try (LogbridgeServer open = start(Map.of("LOGBRIDGE_AUTH_MODE", "none"))) {
      assertThat(rest(open, "Bearer " + JANE).body()).isEqualTo("hers\n");
      assertThat(rest(open, "Bearer nobodys").statusCode()).isEqualTo(403);
      assertThat(rest(open, "Basic " + JANE).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void deletionInTheStore_stopsTheStart() {
    assertThatThrownBy(() -> start(Map.of("LOGBRIDGE_LOGS_DELETE", "store")).close())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "logs.delete: \"store\" (expected: record, since Loki is asked with the tokens of"
                + " callers)");
  }

  @Test
  void credentialOfOurs_stopsTheStart() {
    assertThatThrownBy(() -> start(Map.of("LOGBRIDGE_LOG_STORAGE_LOKI_TOKEN", "ours")).close())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "logStorage.loki.credentials: \"caller\" (expected: neither username nor token"
                + " together with it)");
  }

  private String grpc(String token, Map<String, String> more) {
    Metadata headers = new Metadata();
    put(headers, "authorization", "Bearer " + token);
    more.forEach((name, value) -> put(headers, name, value));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LogsGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .getLog(GetLogRequest.newBuilder().setName(RUN).build())
        .forEachRemaining((HttpBody message) -> log.writeBytes(message.getData().toByteArray()));
    return log.toString(UTF_8);
  }

  private static void put(Metadata headers, String name, String value) {
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
  }

  private HttpResponse<String> rest(LogbridgeServer asked, String authorization)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/apis/results.tekton.dev/v1alpha3/parents/%s"
                .formatted(asked.port(), RUN));
    return http.send(
        HttpRequest.newBuilder(uri).header("Authorization", authorization).build(),
        BodyHandlers.ofString());
  }
}
