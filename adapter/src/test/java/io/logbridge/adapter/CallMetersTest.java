// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.api.HttpBody;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.Log;
import io.logbridge.proto.v1alpha2.LogSummary;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics of Tekton Results, as whoever scrapes a whole server finds them. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class CallMetersTest {

  private static final String RESULTS = "tekton.results.v1alpha2.Results";
  private static final String OLDER_LOGS = "tekton.results.v1alpha2.Logs";
  private static final String LOGS = "tekton.results.v1alpha3.Logs";
  private static final String HEALTH = "grpc.health.v1.Health";
  private static final String REFLECTION = "grpc.reflection.v1.ServerReflection";

  /** Method, service and type of all that there is. */
  private static final List<String> METHODS =
      List.of(
          "CreateResult " + RESULTS + " unary",
          "GetResult " + RESULTS + " unary",
          "UpdateResult " + RESULTS + " unary",
          "DeleteResult " + RESULTS + " unary",
          "ListResults " + RESULTS + " unary",
          "CreateRecord " + RESULTS + " unary",
          "GetRecord " + RESULTS + " unary",
          "UpdateRecord " + RESULTS + " unary",
          "DeleteRecord " + RESULTS + " unary",
          "ListRecords " + RESULTS + " unary",
          "GetRecordListSummary " + RESULTS + " unary",
          "GetLog " + LOGS + " server_stream",
          "GetLog " + OLDER_LOGS + " server_stream",
          "ListLogs " + OLDER_LOGS + " unary",
          "UpdateLog " + OLDER_LOGS + " client_stream",
          "DeleteLog " + OLDER_LOGS + " unary",
          "Check " + HEALTH + " unary",
          "Watch " + HEALTH + " server_stream",
          "ServerReflectionInfo " + REFLECTION + " bidi_stream",
          "ServerReflectionInfo grpc.reflection.v1alpha.ServerReflection bidi_stream");

  private static final List<String> CODES =
      List.of(
          "OK",
          "Canceled",
          "Unknown",
          "InvalidArgument",
          "DeadlineExceeded",
          "NotFound",
          "AlreadyExists",
          "PermissionDenied",
          "ResourceExhausted",
          "FailedPrecondition",
          "Aborted",
          "OutOfRange",
          "Unimplemented",
          "Internal",
          "Unavailable",
          "DataLoss",
          "Unauthenticated");

  private static final List<String> BUCKETS =
      List.of(
          "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0",
          "+Inf");

  private static final Pattern SERIES = Pattern.compile("(grpc_server_\\w+)\\{(.*)} (\\S+)");

  private final ListBackend store = new ListBackend(100);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private LogbridgeServer server;
  private ManagedChannel channel;
  private Map<String, Double> atStart;

  @BeforeAll
  void start() throws Exception {
    DatabaseConfig database = TestDatabase.empty(true);
    try (Database open = Database.open(database)) {
      TestDatabase.record(
          open,
          "ns/results/r/records/run",
          "tekton.dev/v1.TaskRun",
          """
          {"metadata":{"name":"run","namespace":"ns","uid":"run"},
           "status":{"podName":"run-pod","startTime":"2026-08-20T10:00:00Z",
            "completionTime":"2026-08-20T10:01:00Z",
            "steps":[{"name":"build","container":"step-build"}]}}\
          """);
    }
    store.add(
        new ContainerRef("ns", "run-pod", null, "step-build"),
        LogEntry.of(Instant.parse("2026-08-20T10:00:01Z"), LogStream.STDOUT, "x".repeat(40_000)));
    server = start(database, true, TestConfig.SERVER.limits());
    channel = channel(server);
    atStart = series(server);
  }

  private LogbridgeServer start(
      DatabaseConfig database, boolean durations, ServerConfig.Limits limits) {
    ServerConfig config = TestConfig.SERVER;
    return LogbridgeServer.start(
        TestConfig.of(
            new ServerConfig(
                config.host(),
                config.port(),
                config.operationsPort(),
                config.stallTimeout(),
                config.shutdownGrace(),
                config.reflectLogsV1alpha2(),
                durations,
                config.log(),
                config.tls(),
                limits),
            new AuthConfig.None(),
            database,
            store));
  }

  private static ManagedChannel channel(LogbridgeServer server) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void goOn() {
    store.hook = _ -> {};
  }

  @AfterAll
  void stop() throws InterruptedException {
    close(channel);
    server.close();
    http.close();
  }

  private static void close(ManagedChannel channel) throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
  }

  @Test
  void everySeriesOfEveryMethod_isThereFromTheStartAndZero() {
    Map<String, Double> expected =
        METHODS.stream()
            .flatMap(CallMetersTest::everySeries)
            .collect(Collectors.toMap(series -> series, _ -> 0.0));

    assertThat(atStart).containsExactlyInAnyOrderEntriesOf(expected);
  }

  private static Stream<String> everySeries(String method) {
    String[] words = method.split(" ", -1);
    String labels = labels(words[1], words[0], words[2]);
    return Stream.of(
            CODES.stream()
                .map(code -> "grpc_server_handled_total grpc_code=" + code + " " + labels),
            BUCKETS.stream()
                .map(le -> "grpc_server_handling_seconds_bucket " + labels + " le=" + le),
            Stream.of(
                    "grpc_server_started_total",
                    "grpc_server_msg_received_total",
                    "grpc_server_msg_sent_total",
                    "grpc_server_handling_seconds_count",
                    "grpc_server_handling_seconds_sum",
                    "grpc_server_handling_seconds_max")
                .map(name -> name + " " + labels))
        .flatMap(series -> series);
  }

  /** As they are sorted: by their names. */
  private static String labels(String service, String method, String type) {
    return "grpc_method=%s grpc_service=%s grpc_type=%s".formatted(method, service, type);
  }

  @Test
  void aCallOverGrpc_movesItsOwnCountersAndNoOthers() throws Exception {
    Map<String, Double> before = series(server);

    getRecord(channel, "run");

    assertThat(moved(before))
        .containsExactlyInAnyOrderEntriesOf(counts(RESULTS, "GetRecord", "unary", "OK", 1, 1));
  }

  @Test
  void aCallThatFails_countsUnderItsCode() throws Exception {
    Map<String, Double> before = series(server);

    assertThatThrownBy(() -> getRecord(channel, "none")).hasMessageStartingWith("NOT_FOUND");

    assertThat(moved(before))
        .containsExactlyInAnyOrderEntriesOf(
            counts(RESULTS, "GetRecord", "unary", "NotFound", 1, 0));
  }

  @Test
  void aStream_countsEachOfItsMessages() throws Exception {
    Map<String, Double> before = series(server);

    getLog(channel);

    assertThat(moved(before))
        .containsExactlyInAnyOrderEntriesOf(counts(LOGS, "GetLog", "server_stream", "OK", 1, 2));
  }

  /** A client that also watches the clock itself would cancel at the same moment. */
  @Test
  void aCallWhoseDeadlinePasses_countsAsThat() throws Exception {
    store.hook = _ -> new CountDownLatch(1).await();
    Map<String, Double> before = series(server);
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), "300m");

    assertThatThrownBy(() ->
            LogsGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .getLog(log())
                .hasNext())
        .hasMessageStartingWith("DEADLINE_EXCEEDED");

    assertThat(moved(before))
        .containsExactlyInAnyOrderEntriesOf(
            counts(LOGS, "GetLog", "server_stream", "DeadlineExceeded", 1, 0));
  }

  @Test
  void aCallWhoseClientLeaves_countsAsCancelled() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    store.hook =
        _ -> {
          reading.countDown();
          new CountDownLatch(1).await();
        };
    Map<String, Double> before = series(server);
    ClientCall<GetLogRequest, HttpBody> call =
        channel.newCall(LogsGrpc.getGetLogMethod(), CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(log());
    call.halfClose();
    assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();

    call.cancel("enough", null);

    awaitMoved(before, counts(LOGS, "GetLog", "server_stream", "Canceled", 1, 0));
  }

  @Test
  void aCallBeyondTheLimits_countsAsRefused() throws Exception {
    LogbridgeServer full =
        start(
            TestDatabase.empty(true),
            false,
            new ServerConfig.Limits(1, 1, 1 << 20, 1 << 20, Duration.ofHours(1)));
    ManagedChannel other = channel(full);
    try {
      ClientCall<Log, LogSummary> waiting =
          other.newCall(
              io.logbridge.proto.v1alpha2.LogsGrpc.getUpdateLogMethod(), CallOptions.DEFAULT);
      waiting.start(new ClientCall.Listener<>() {}, new Metadata());
      String started =
          "grpc_server_started_total " + labels(OLDER_LOGS, "UpdateLog", "client_stream");
      Awaitility.await().untilAsserted(() -> assertThat(series(full)).containsEntry(started, 1.0));

      assertThatThrownBy(() -> getRecord(other, "run"))
          .hasMessageStartingWith("RESOURCE_EXHAUSTED");

      assertThat(series(full))
          .containsEntry(
              "grpc_server_handled_total grpc_code=ResourceExhausted "
                  + labels(RESULTS, "GetRecord", "unary"),
              1.0);
    } finally {
      close(other);
      full.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tekton.results.v1alpha2.Results/Nothing",
    "no.such.Service/GetRecord",
    "tekton.results.v1alpha2.Results/GETRECORD"
  })
  void whatIsNoMethod_countsNowhereAndMakesNoSeries(String name) throws Exception {
    Map<String, Double> before = series(server);
    MethodDescriptor<GetRecordRequest, Record> method =
        ResultsGrpc.getGetRecordMethod().toBuilder().setFullMethodName(name).build();

    assertThatThrownBy(() ->
            ClientCalls.blockingUnaryCall(
                channel, method, CallOptions.DEFAULT, GetRecordRequest.getDefaultInstance()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));

    assertThat(series(server)).isEqualTo(before);
  }

  @Test
  void reflection_isCountedToo() throws Exception {
    Map<String, Double> before = series(server);

    try (RecordedCalls calls = new RecordedCalls(server)) {
      RecordedCalls.Answer answer =
          calls.call(
              "/" + REFLECTION + "/ServerReflectionInfo",
              new Metadata(),
              Duration.ofSeconds(30),
              List.of("{\"list_services\":\"*\"}"));
      assertThat(answer.status().isOk()).isTrue();
    }

    assertThat(moved(before))
        .containsExactlyInAnyOrderEntriesOf(
            counts(REFLECTION, "ServerReflectionInfo", "bidi_stream", "OK", 1, 1));
  }

  /** The gateway of Tekton Results is a client of its own server. */
  @Test
  void aCallOverRest_countsAsTheCallOverGrpcThatItStandsFor() throws Exception {
    Map<String, Double> before = series(server);

    assertThat(get("/apis/results.tekton.dev/v1alpha2/parents/ns/results/r/records/run"))
        .isEqualTo(200);

    awaitMoved(before, counts(RESULTS, "GetRecord", "unary", "OK", 1, 1));
  }

  @Test
  void aCallOverRestThatFails_countsUnderItsCode() throws Exception {
    Map<String, Double> before = series(server);

    assertThat(get("/apis/results.tekton.dev/v1alpha2/parents/ns/results/r/records/none"))
        .isEqualTo(404);

    awaitMoved(before, counts(RESULTS, "GetRecord", "unary", "NotFound", 1, 0));
  }

  @ParameterizedTest
  @CsvSource({"v1alpha2," + OLDER_LOGS, "v1alpha3," + LOGS})
  void aLogOverRest_countsAsGetLogOfItsVersion(String version, String service) throws Exception {
    Map<String, Double> before = series(server);

    assertThat(get("/apis/results.tekton.dev/" + version + "/parents/ns/results/r/logs/run"))
        .isEqualTo(200);

    awaitMoved(before, counts(service, "GetLog", "server_stream", "OK", 1, 2));
  }

  @Test
  void aLogOverRestThatFails_countsUnderItsCode() throws Exception {
    Map<String, Double> before = series(server);

    assertThat(get("/apis/results.tekton.dev/v1alpha3/parents/ns/results/r/logs/none"))
        .isEqualTo(404);

    awaitMoved(before, counts(LOGS, "GetLog", "server_stream", "NotFound", 1, 0));
  }

  @ParameterizedTest
  @CsvSource({"'', OK, 200, 1", "?service=nothing, NotFound, 404, 0"})
  void healthz_countsAsTheCheckThatItIs(String query, String code, int status, int sent)
      throws Exception {
    Map<String, Double> before = series(server);

    assertThat(get("/healthz" + query)).isEqualTo(status);

    assertThat(moved(before))
        .containsExactlyInAnyOrderEntriesOf(counts(HEALTH, "Check", "unary", code, 1, sent));
  }

  /** A gateway refuses it before there is a call. */
  @ParameterizedTest
  @CsvSource({
    "/apis/results.tekton.dev/v1alpha2/parents/ns/results/r/records?page_size=x, 400",
    "/apis/results.tekton.dev/v1alpha2/parents/ns/nothing, 404",
    "/kube/api, 200"
  })
  void whatIsNoCallThere_isNotCounted(String path, int status) throws Exception {
    Map<String, Double> before = series(server);

    assertThat(get(path)).isEqualTo(status);

    assertThat(series(server)).isEqualTo(before);
  }

  @Test
  void aBodyThatIsNotJson_isNotCounted() throws Exception {
    Map<String, Double> before = series(server);
    HttpRequest request =
        HttpRequest.newBuilder(uri("/apis/results.tekton.dev/v1alpha2/parents/ns/results"))
            .POST(BodyPublishers.ofString("{"))
            .build();

    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(400);

    assertThat(series(server)).isEqualTo(before);
  }

  @Test
  void durations_areMeasuredForEachMethod() throws Exception {
    String labels = labels(RESULTS, "GetResult", "unary");
    Map<String, Double> before = series(server);

    assertThat(get("/apis/results.tekton.dev/v1alpha2/parents/ns/results/r")).isEqualTo(200);

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(change(before))
                .containsEntry("grpc_server_handling_seconds_count " + labels, 1.0)
                .containsEntry("grpc_server_handling_seconds_bucket " + labels + " le=+Inf", 1.0)
                .hasEntrySatisfying(
                    "grpc_server_handling_seconds_sum " + labels,
                    seconds -> assertThat(seconds).isBetween(0.000_001, 30.0)));
  }

  @Test
  void withoutTheSetting_thereAreNoDurations() throws Exception {
    LogbridgeServer other = start(TestDatabase.empty(true), false, TestConfig.SERVER.limits());
    try {
      assertThat(series(other))
          .hasSize(METHODS.size() * (CODES.size() + 3))
          .allSatisfy((name, _) -> assertThat(name).doesNotContain("handling"));
    } finally {
      other.close();
    }
  }

  private static void getRecord(ManagedChannel channel, String name) {
    ResultsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .getRecord(GetRecordRequest.newBuilder().setName("ns/results/r/records/" + name).build());
  }

  private static GetLogRequest log() {
    return GetLogRequest.newBuilder().setName("ns/results/r/logs/run").build();
  }

  private static void getLog(ManagedChannel channel) {
    LogsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .getLog(log())
        .forEachRemaining(_ -> {});
  }

  private int get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** What one call adds to its counters; those that it does not move are left out. */
  private static Map<String, Double> counts(
      String service, String method, String type, String code, int received, int sent) {
    String labels = labels(service, method, type);
    return Stream.of(
            entry("grpc_server_started_total " + labels, 1.0),
            entry("grpc_server_handled_total grpc_code=" + code + " " + labels, 1.0),
            entry("grpc_server_msg_received_total " + labels, (double) received),
            entry("grpc_server_msg_sent_total " + labels, (double) sent))
        .filter(count -> count.getValue() != 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** A call is over for its client a moment before it is for the server. */
  private void awaitMoved(Map<String, Double> before, Map<String, Double> expected) {
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(moved(before)).containsExactlyInAnyOrderEntriesOf(expected));
  }

  /** The counters that have another value than before, and how much more it is. */
  private Map<String, Double> moved(Map<String, Double> before) throws Exception {
    Map<String, Double> counters = change(before);
    counters.keySet().removeIf(name -> name.startsWith("grpc_server_handling_"));
    return counters;
  }

  private Map<String, Double> change(Map<String, Double> before) throws Exception {
    Map<String, Double> change = series(server);
    change.replaceAll((name, value) -> value - before.getOrDefault(name, 0.0));
    change.values().removeIf(value -> value == 0);
    return change;
  }

  /** Name and labels of each series, and its value. */
  private Map<String, Double> series(LogbridgeServer server) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.operationsPort() + "/metrics");
    HttpResponse<String> response =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    Map<String, Double> series = new TreeMap<>();
    response
        .body()
        .lines()
        .map(SERIES::matcher)
        .filter(Matcher::matches)
        .forEach(match ->
            series.put(
                match.group(1) + " " + match.group(2).replace("\"", "").replace(",", " "),
                Double.valueOf(match.group(3))));
    return series;
  }
}
