// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.tls.ServerTls;
import io.logbridge.backend.LogBackendException;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drives a server with each of the real backends through what can fail, and looks for secrets, and
 * for what the store and the cluster said, in all that comes out of it.
 */
@Timeout(180)
class LeakTest {

  private static final String RUN = "ns/results/r/logs/run";
  private static final String CALLER = "callers-token-3b1c";
  private static final String STORE_PASSWORD = "stores-password-9f2e";
  private static final String DATABASE_PASSWORD = "databases-password-77aa";
  private static final String DASHBOARD_PASSWORD = "dashboards-password-51d0";
  private static final String DASHBOARD = base64("board:" + DASHBOARD_PASSWORD);
  private static final String AS_CALLER = "Loki as the caller";
  private static final String STORE_SAYS = "what-the-store-says";
  private static final String CLUSTER_SAYS = "what-the-cluster-says";

  private final StringBuffer out = new StringBuffer();
  private final Handler capture =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          out.append(new SimpleFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final Logger root = Logger.getLogger("");
  private final FakeCluster cluster = new FakeCluster(false);
  private final HttpServer store = store();
  private volatile int storeStatus = 500;

  private HttpServer store() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext(
          "/",
          exchange -> {
            byte[] body =
                ("{\"error\":\""
                        + STORE_SAYS
                        + " "
                        + exchange.getRequestHeaders().entrySet()
                        + "\"}")
                    .getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(storeStatus, body.length);
            try (OutputStream response = exchange.getResponseBody()) {
              response.write(body);
            }
          });
      http.start();
      return http;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void capture() {
    root.addHandler(capture);
    cluster.user(CALLER, "jane");
  }

  @AfterEach
  void stop() {
    root.removeHandler(capture);
    store.stop(0);
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Elasticsearch", "Loki", "Splunk", AS_CALLER})
  void noFailure_givesASecretAway(String backend) throws Exception {
    DatabaseConfig database = TestDatabase.empty(true);
    try (Database opened = Database.open(database)) {
      TestDatabase.record(
          opened,
          "ns/results/r/records/run",
          "tekton.dev/v1.TaskRun",
          "{'metadata':{'name':'run','namespace':'ns','uid':'u'},'status':{'podName':'run-pod','completionTime':'2026-08-20T10:01:00Z','startTime':'2026-08-20T10:00:00Z','steps':[{'name':'build','container':'step-build'}]}}"
              .replace('\'', '"'));
    }
    AdapterConfig config = ConfigLoader.load(null, environment(backend, database.url()));
    out.append(config).append('\n');
    try (LogbridgeServer server = LogbridgeServer.start(config)) {
      for (int status : List.of(200, 400, 401, 403, 404, 429, 500, 503)) {
        storeStatus = status;
        callEveryFace(server, CALLER);
        runCommands(config);
      }
      store.stop(0);
      callEveryFace(server, CALLER);
      runCommands(config);
      callEveryFace(server, "nobodys-" + CALLER);
      cluster.allowed = _ -> false;
      callEveryFace(server, CALLER);
      for (int status : List.of(201, 400, 403, 422, 500)) {
        cluster.trouble =
            new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json")
                .setBody(
                    "{\"kind\":\"Status\",\"message\":\"%s %s\"}".formatted(CLUSTER_SAYS, CALLER));
        callEveryFace(server, CALLER);
        runCommands(config);
      }
      cluster.close();
      callEveryFace(server, CALLER);
      runCommands(config);
      out.append(metrics(server));
    }

    assertThat(out.toString())
        .contains("STORE_", "UNAUTHENTICATED", "UNAVAILABLE", "resilience4j_")
        .contains(
            "::error::[logbridge]", "\"kind\":\"Status\"", "failed   log store", "# step-build")
        .doesNotContain(
            CALLER,
            STORE_PASSWORD,
            DATABASE_PASSWORD,
            DASHBOARD_PASSWORD,
            DASHBOARD,
            FakeCluster.OWN_TOKEN,
            STORE_SAYS,
            CLUSTER_SAYS,
            base64("logbridge:" + STORE_PASSWORD));
  }

  @Test
  void aDatabaseThatCannotBeReached_doesNotGiveItsPasswordAway() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    Map<String, String> environment =
        environment("Elasticsearch", "jdbc:postgresql://127.0.0.1:" + nobody + "/tekton-results");
    environment.put("LOGBRIDGE_DATABASE_START_TIMEOUT", "1s");
    environment.put("LOGBRIDGE_DATABASE_CONNECT_TIMEOUT", "1s");

    report(
        catchThrowable(() -> LogbridgeServer.start(ConfigLoader.load(null, environment)).close()));

    assertThat(out.toString()).contains("127.0.0.1").doesNotContain(DATABASE_PASSWORD);
  }

  /** What is printed for somebody who looks for the fault must not show them the secret. */
  @ParameterizedTest
  @ValueSource(strings = {"SERVER_TLS", "LOG_STORAGE_LOKI"})
  void keyThatCannotBeUsed_isNotShown(String section, @TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.create(folder, "it", "RSA");
    String key = certificate.keyPem();
    List<String> lines = key.lines().filter(line -> !line.startsWith("-----")).toList();
    Path file = folder.resolve("key.pem");
    Path certificateFile = folder.resolve("certificate.pem");
    Files.writeString(certificateFile, certificate.certificatePem());
    Map<String, String> environment =
        environment("Loki", "jdbc:postgresql://127.0.0.1:1/tekton-results");
    environment.put("LOGBRIDGE_" + section + "_CERTIFICATE_FILE", certificateFile.toString());
    environment.put("LOGBRIDGE_" + section + "_KEY_FILE", file.toString());
    environment.put("LOGBRIDGE_DATABASE_START_TIMEOUT", "1s");
    environment.put("LOGBRIDGE_DATABASE_CONNECT_TIMEOUT", "1s");
    for (String broken :
        List.of(
            key.replace(lines.get(3), ""),
            key.replace(lines.get(3), lines.get(3) + "!"),
            key.replace("PRIVATE KEY", "CERTIFICATE"),
            key.replace("-----END PRIVATE KEY-----", ""),
            String.join("\n", lines))) {
      Files.writeString(file, broken);
      Throwable failure = catchThrowable(() -> load(environment));
      assertThat(failure).as(broken).isNotNull();
      report(failure);
    }

    assertThat(out.toString()).contains(file.toString()).doesNotContain(lines);
  }

  /** As far as a start and a check get without a database. */
  private static void load(Map<String, String> environment) {
    AdapterConfig config = ConfigLoader.load(null, environment);
    try (var _ = config.backend()) {
      ServerTls.open(config.server().tls(), null).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"board:%s", "board %s *", "%s", "board:%s a b", "board:%s * \nboard%s"})
  void credentialOfTheDashboardThatCannotBeRead_isNotShown(String line) {
    Map<String, String> environment =
        environment("Loki", "jdbc:postgresql://127.0.0.1:1/tekton-results");
    environment.put("LOGBRIDGE_DASHBOARD_CREDENTIALS", line.replace("%s", DASHBOARD_PASSWORD));

    report(catchThrowable(() -> ConfigLoader.load(null, environment).backend().close()));

    assertThat(out.toString())
        .contains("dashboard.credentials", "USER:PASSWORD")
        .doesNotContain(DASHBOARD_PASSWORD);
  }

  private Map<String, String> environment(String store, String database) {
    String backend = store.equals(AS_CALLER) ? "Loki" : store;
    String prefix = "LOGBRIDGE_LOG_STORAGE_" + backend.toUpperCase(Locale.ROOT);
    String url = "http://127.0.0.1:" + this.store.getAddress().getPort();
    Map<String, String> environment = common(database);
    environment.put("LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", backend);
    environment.put(prefix + (backend.equals("Elasticsearch") ? "_URLS" : "_URL"), url);
    if (store.equals(AS_CALLER)) {
      environment.put(prefix + "_CREDENTIALS", "caller");
    } else {
      environment.put(prefix + "_USERNAME", "logbridge");
      environment.put(prefix + "_PASSWORD", STORE_PASSWORD);
    }
    if (!backend.equals("Loki")) {
      environment.put(prefix + "_INDEX", "logs-*");
    }
    return environment;
  }

  private Map<String, String> common(String database) {
    return new HashMap<>(
        Map.ofEntries(
            Map.entry("LOGBRIDGE_SERVER_PORT", "0"),
            Map.entry("LOGBRIDGE_SERVER_OPERATIONS_PORT", "0"),
            Map.entry("LOGBRIDGE_SERVER_SHUTDOWN_GRACE", "1s"),
            Map.entry("LOGBRIDGE_AUTH_KUBERNETES_URL", cluster.api().url()),
            Map.entry("LOGBRIDGE_AUTH_KUBERNETES_TOKEN", FakeCluster.OWN_TOKEN),
            Map.entry("LOGBRIDGE_AUTH_CACHE_ALLOWED_FOR", "0s"),
            Map.entry("LOGBRIDGE_AUTH_CACHE_REFUSED_FOR", "0s"),
            Map.entry("LOGBRIDGE_DATABASE_URL", database),
            Map.entry("LOGBRIDGE_DATABASE_USER", "postgres"),
            Map.entry("LOGBRIDGE_DATABASE_PASSWORD", DATABASE_PASSWORD),
            Map.entry("LOGBRIDGE_DASHBOARD_ENABLED", "true"),
            Map.entry("LOGBRIDGE_DASHBOARD_CREDENTIALS", "board:" + DASHBOARD_PASSWORD + " *"),
            Map.entry("LOGBRIDGE_GUARD_MAX_ATTEMPTS", "1"),
            Map.entry("LOGBRIDGE_GUARD_BREAKER_MINIMUM_READS", "1000")));
  }

  private void callEveryFace(LogbridgeServer server, String token) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
      Throwable refusal =
          catchThrowable(() ->
              LogsGrpc.newBlockingStub(channel)
                  .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                  .withDeadlineAfter(60, TimeUnit.SECONDS)
                  .getLog(GetLogRequest.newBuilder().setName(RUN).build())
                  .hasNext());
      assertThat(refusal).isInstanceOf(StatusRuntimeException.class);
      report(refusal);
      out.append(StatusProto.fromThrowable(refusal)).append('\n');
      String bearer = "Bearer " + token;
      assertThat(get(http, server, "/apis/results.tekton.dev/v1alpha3/parents/" + RUN, bearer))
          .isGreaterThanOrEqualTo(400);
      assertThat(get(http, server, "/kube/api/v1/namespaces/ns/pods/run-pod/log", bearer))
          .isGreaterThanOrEqualTo(400);
      assertThat(get(http, server, "/logs/ns/run-pod/step-build", "Basic " + DASHBOARD))
          .isEqualTo(200);
      assertThat(get(http, server, "/logs/ns/run-pod/step-build", "Basic " + DASHBOARD + "x"))
          .isEqualTo(401);
    } finally {
      channel.shutdownNow();
      channel.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private int get(HttpClient http, LogbridgeServer server, String path, String authorization)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(uri).header("Authorization", authorization).build(),
            BodyHandlers.ofString());
    out.append(response.headers().map()).append(response.body()).append('\n');
    return response.statusCode();
  }

  /** {@code check} and {@code explain}, which print what they find. */
  private void runCommands(AdapterConfig config) throws InterruptedException {
    StringWriter printed = new StringWriter();
    CheckCommand.run(config, config.backend(), new PrintWriter(printed));
    try {
      ExplainCommand.run(config, config.backend(), RUN, new PrintWriter(printed));
    } catch (LogBackendException e) {
      report(e);
    }
    out.append(printed);
  }

  /** As basic authentication sends it. */
  private static String base64(String userAndPassword) {
    return Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
  }

  private void report(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    out.append(text);
  }

  private static String metrics(LogbridgeServer server) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.operationsPort() + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
