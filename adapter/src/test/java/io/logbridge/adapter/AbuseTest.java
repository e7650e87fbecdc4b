// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
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
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The whole server, and somebody who may read in {@code mine} and wants what is in {@code other}.
 * Whatever they send, nothing of {@code other} comes back, and the store is not even asked for it.
 */
class AbuseTest {

  private static final String TOKEN = "the-attackers-token";
  private static final String FOREIGN = "FOREIGN";

  /** What means something to SQL, LogQL, SPL, the queries of Elasticsearch, paths and headers. */
  private static final List<String> ATTACKS =
      List.of(
          "other",
          "mine' OR '1'='1",
          "mine'; DROP TABLE records; --",
          "mine%' ESCAPE '",
          "mine\"} or {namespace=\"other",
          "mine\" |= \"\" or vector(1) #",
          "mine\" OR index=* | head 1 \"",
          "mine | delete",
          "mine [search index=*]",
          "mine\"}},{\"match_all\":{}}],\"x\":[{\"a\":{\"b\":\"",
          "*",
          "mine*",
          "-",
          "..",
          ".",
          "../other",
          "mine/../other",
          "mine%2F..%2Fother",
          "mine%2fresults%2fr%2flogs%2frun",
          "%2e%2e/other",
          "%252e%252e%252fother",
          "%c0%ae%c0%ae/other",
          "%c0%afother",
          "\u002e\u002e\u2215other",
          "mine\nother",
          "mine%0aother",
          "mine%0d%0aX-Injected:%20yes",
          "mine\r\nImpersonate-User: root",
          "mine\u0000",
          "mine%00",
          "MINE",
          "mıne",
          "mine ",
          " mine",
          "mine;other",
          "mine?x=",
          "mine#",
          "mine//other",
          "${jndi:ldap://x/y}",
          "{namespace}",
          "{date:yyyy}",
          "a".repeat(64),
          "a".repeat(5_000));

  private static final FakeCluster CLUSTER = new FakeCluster(false);
  private static final ListBackend STORE = new ListBackend(100);
  private static LogbridgeServer server;
  private static ManagedChannel channel;

  @BeforeContainer
  static void start() {
    CLUSTER.user(TOKEN, "mallory");
    CLUSTER.allowed =
        spec -> spec.get("resourceAttributes").path("namespace").asString("").equals("mine");
    DatabaseConfig databaseConfig = TestDatabase.empty(true);
    try (Database database = Database.open(databaseConfig)) {
      run(database, "mine", "run", "run-pod", "mine");
      run(database, "other", "run", "run-pod", "other");
      run(database, "mine", "leads-away", "run-pod", "other");
      int evil = 0;
      for (String attack : ATTACKS) {
        if (attack.indexOf('\0') < 0) { // PostgreSQL's JSON has no NUL
          run(database, "mine", "evil-" + evil++, attack, "mine");
        }
      }
    }
    for (String namespace : List.of("mine", "other")) {
      STORE.add(
          new ContainerRef(namespace, "run-pod", null, "step-build"),
          LogEntry.of(
              Instant.parse("2026-08-20T10:00:00Z"),
              LogStream.STDOUT,
              namespace.equals("mine") ? "mine" : FOREIGN));
    }
    server =
        LogbridgeServer.start(
            TestConfig.of(
                TestConfig.SERVER,
                new AuthConfig.Kubernetes(
                    CLUSTER.api(),
                    true,
                    List.of(),
                    new AuthConfig.Cache(Duration.ofMinutes(1), Duration.ofMinutes(1), 10_000),
                    new RequestHeaderConfig.None()),
                databaseConfig,
                STORE));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  private static void run(
      Database database, String parent, String name, String pod, String namespace) {
    TestDatabase.record(
        database,
        parent + "/results/r/records/" + name,
        "tekton.dev/v1.TaskRun",
        "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\",\"uid\":\"u-%s\",\"labels\":{\"x\":\"%s\"}},\"status\":{\"podName\":\"%s\",\"completionTime\":\"2026-08-20T10:01:00Z\",\"startTime\":\"2026-08-20T10:00:00Z\",\"steps\":[{\"name\":\"build\",\"container\":\"step-build\"}]}}"
            .formatted(name, namespace, name, parent.equals("mine") ? "" : FOREIGN, escaped(pod)));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  @AfterContainer
  static void stop() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
    CLUSTER.close();
  }

  @Property(tries = 1)
  void theCorpus_findsNothingOfOthers() throws IOException {
    assertThat(getLog("mine/results/r/logs/run")).isEqualTo("mine\n");
    for (String attack : ATTACKS) {
      attack(attack);
    }
  }

  @Property(tries = 300)
  void whateverElseIsSent_findsNothingOfOthers(@ForAll("texts") String text) throws IOException {
    attack(text);
  }

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "mine", "other", "/", "%2f", "..", "'", "\"", "\\", "|", "{", "}", "*", "\n", "%0a",
            "%", "results", "records", "logs", "run", "-", "_", ";", "--", " OR ", "é", "\u202e");
    return pieces.list().ofMaxSize(8).map(list -> String.join("", list));
  }

  @Property(tries = 1)
  void records_thatLeadElsewhere_areNotFollowed() {
    for (int i = 0; i < ATTACKS.size(); i++) {
      assertNothingForeign(getLog("mine/results/r/logs/evil-" + i));
    }
    assertThat(getLog("mine/results/r/logs/leads-away")).startsWith("FAILED_PRECONDITION");
  }

  @Property(tries = 1)
  void requestsThatTwoReadersWouldReadDifferently_areNotServedTwice() throws IOException {
    String path = "/apis/results.tekton.dev/v1alpha3/parents/mine/results/r/logs/run";
    String foreign = path.replace("mine", "other");
    String second = "GET " + foreign + " HTTP/1.1\r\nHost: x\r\n\r\n";
    for (String headers :
        List.of(
            "Content-Length: 0\r\nContent-Length: %d\r\n".formatted(second.length()),
            "Content-Length: %d\r\nTransfer-Encoding: chunked\r\n".formatted(second.length()),
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
            "Transfer-Encoding : chunked\r\n",
            "X: y\nImpersonate-User: root\r\n",
            "X: y\rImpersonate-User: root\r\n",
            " Impersonate-User: root\r\n",
            "Impersonate-User : root\r\n",
            "Impersonate-User: root\r\n",
            "impersonate-user: root\r\nImpersonate-Group: system:masters\r\n",
            "Grpc-Metadata-Impersonate-User: root\r\n")) {
      String response =
          send(
              "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n%s"
                  .formatted(foreign, TOKEN, headers, second));
      assertThat(response).as(headers).doesNotContain("200 OK");
      assertNothingForeign(response);
    }
  }

  private static void attack(String text) throws IOException {
    for (String name : names(text)) {
      assertNothingForeign(getLog(name));
      assertNothingForeign(
          outcome(() ->
              ResultsGrpc.newBlockingStub(authenticated())
                  .getRecord(
                      GetRecordRequest.newBuilder()
                          .setName(name.replace("logs", "records"))
                          .build())
                  .toString()));
      assertNothingForeign(rest(name));
    }
    assertNothingForeign(
        outcome(() ->
            ResultsGrpc.newBlockingStub(authenticated())
                .listRecords(
                    ListRecordsRequest.newBuilder()
                        .setParent(text + "/results/-")
                        .setPageToken(text)
                        .setOrderBy(text)
                        .build())
                .toString()));
    assertNothingForeign(rest("mine/results/r/logs/run?container=" + text));
    assertThat(STORE.queries)
        .extracting(LogQuery::container)
        .allMatch(container -> container.namespace().equals("mine"));
    STORE.queries.clear();
  }

  private static List<String> names(String text) {
    return Stream.of(
            "%s/results/r/logs/run", "mine/results/%s/logs/run", "mine/results/r/logs/%s", "%s")
        .map(form -> form.replace("%s", text))
        .toList();
  }

  private static void assertNothingForeign(String answer) {
    assertThat(answer).doesNotContain(FOREIGN);
  }

  private static String getLog(String name) {
    StringBuilder text = new StringBuilder();
    return outcome(() -> {
      LogsGrpc.newBlockingStub(authenticated())
          .getLog(GetLogRequest.newBuilder().setName(name).build())
          .forEachRemaining(body -> text.append(body.getData().toStringUtf8()));
      return text.toString();
    });
  }

  private static io.grpc.Channel authenticated() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + TOKEN);
    return io.grpc.ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** What is answered, or the refusal, which is never one of the server's own making. */
  private static String outcome(Supplier<String> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode())
          .isNotIn(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.UNAVAILABLE);
      return e.getMessage();
    }
  }

  /** Sends a path as it is, as no HTTP client would; of ends of line the raw bytes. */
  private static String rest(String path) throws IOException {
    return send(
        "GET /apis/results.tekton.dev/v1alpha3/parents/%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
            .formatted(path, TOKEN));
  }

  private static String send(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (java.net.SocketException e) {
      return "closed: " + e.getMessage();
    }
  }
}
