// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.DashboardConfig;
import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.guard.GuardConfig;
import io.logbridge.adapter.guard.GuardConfig.BreakerConfig;
import io.logbridge.adapter.kube.KubeConfig;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.adapter.stream.LogSettings;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.CreateRecordRequest;
import io.logbridge.proto.v1alpha2.DeleteLogRequest;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.Log;
import io.logbridge.proto.v1alpha2.LogSummary;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server but for the store, which here does what a test wants of it. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class LogbridgeServerTest {

  private static final Duration CEILING = Duration.ofSeconds(30);
  private static final String RUN = "ns/results/r/logs/run";
  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final int LINES = 5_000;

  private final ListBackend store = new ListBackend(100);
  private final HttpClient http = HttpClient.newHttpClient();
  private LogbridgeServer server;
  private ManagedChannel channel;

  @BeforeAll
  void start() {
    DatabaseConfig databaseConfig = TestDatabase.empty(true);
    try (Database database = Database.open(databaseConfig)) {
      taskRun(database, "run", "'podName':'run-pod','completionTime':'2026-08-20T10:01:00Z',");
      taskRun(database, "running", "'podName':'running-pod',");
      taskRun(
          database,
          "podless",
          "'conditions':[{'type':'Succeeded','reason':'TaskRunImagePullFailed','message':'no such image'}],");
    }
    ContainerRef build = new ContainerRef("ns", "run-pod", null, "step-build");
    for (int i = 0; i < LINES; i++) {
      store.add(build, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, "line " + i));
    }
    server =
        LogbridgeServer.start(
            new AdapterConfig(
                TestConfig.SERVER,
                new AuthConfig.None(),
                databaseConfig,
                new LogSettings(
                    LogSettings.Prefix.AUTO,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(10),
                    Duration.ofMillis(100),
                    LogSettings.Deletion.STORE),
                new GuardConfig(
                    Duration.ofSeconds(30),
                    16,
                    Duration.ofSeconds(5),
                    64 << 20,
                    1,
                    Duration.ofMillis(10),
                    Duration.ofMillis(10),
                    new BreakerConfig(
                        Duration.ofSeconds(20), 1_000_000, 50, Duration.ofSeconds(10))),
                new DashboardConfig(false, null, false),
                new KubeConfig(true),
                Set.of(),
                store));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .flowControlWindow(64 * 1024)
            .build();
  }

  private static void taskRun(Database database, String name, String status) {
    TestDatabase.record(
        database,
        "ns/results/r/records/" + name,
        "tekton.dev/v1.TaskRun",
        "{'metadata':{'name':'%s','namespace':'ns','uid':'%s-uid'},'status':{%s'startTime':'2026-08-20T10:00:00Z','steps':[{'name':'build','container':'step-build'}]}}"
            .formatted(name, name, status)
            .replace('\'', '"'));
  }

  @AfterAll
  void stop() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
    http.close();
  }

  @AfterEach
  void healTheStore() {
    store.hook = _ -> {};
  }

  @Test
  void grpc_streamsTheLogInMessagesOfPlainTextOfAtMost32KiB() {
    List<HttpBody> messages = new ArrayList<>();
    logs().getLog(request(RUN)).forEachRemaining(messages::add);

    assertThat(text(messages)).isEqualTo(lines(0, LINES));
    assertThat(messages)
        .allSatisfy(message -> {
          assertThat(message.getContentType()).isEqualTo("text/plain");
          assertThat(message.getData().size()).isBetween(1, 32_768);
          assertThat(message.getData().byteAt(message.getData().size() - 1)).isEqualTo((byte) '\n');
        });
  }

  @Test
  void grpc_olderClientsGetTheSame() {
    var older = io.logbridge.proto.v1alpha2.LogsGrpc.newBlockingStub(channel);
    List<HttpBody> messages = new ArrayList<>();
    older
        .getLog(io.logbridge.proto.v1alpha2.GetLogRequest.newBuilder().setName(RUN).build())
        .forEachRemaining(messages::add);

    assertThat(text(messages)).isEqualTo(lines(0, LINES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1alpha2", "v1alpha3"})
  void rest_sendsTheLogAsPlainText(String version) throws Exception {
    HttpResponse<String> response = get(version, RUN, "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("logbridge-settled")).isEmpty();
    assertThat(response.body()).isEqualTo(lines(0, LINES));
  }

  @Test
  void options_areMetadataInGrpcAndQueryParametersInRest() throws Exception {
    Metadata options = new Metadata();
    options.put(key("logbridge-tail-lines"), "2");
    options.put(key("logbridge-timestamps"), "true");
    List<HttpBody> messages = new ArrayList<>();
    logs()
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(options))
        .getLog(request(RUN))
        .forEachRemaining(messages::add);
    String expected =
        """
        2026-08-20T10:00:04.998000000Z line 4998
        2026-08-20T10:00:04.999000000Z line 4999
        """;

    assertThat(text(messages)).isEqualTo(expected);
    assertThat(get("v1alpha3", RUN, "?tailLines=2&timestamps=true").body()).isEqualTo(expected);
  }

  @Test
  void grpc_anOptionThatDoesNotExist_isRefused() {
    Metadata options = new Metadata();
    options.put(key("logbridge-tail-line"), "2");

    assertThatThrownBy(() ->
            logs()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(options))
                .getLog(request(RUN))
                .hasNext())
        .hasMessageStartingWith(
            "INVALID_ARGUMENT: metadata: \"logbridge-tail-line\" (expected: one of"
                + " logbridge-container, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tail=2", "tail_lines=2", "TailLines=2", "previous=true"})
  void rest_aParameterThatDoesNotExist_isRefusedByName(String query) throws Exception {
    HttpResponse<String> response = get("v1alpha3", RUN, "?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":3,\"message\":\"query parameter: \\\"%s\\\" (expected: one of container, events, follow, limitBytes, prefix, sinceSeconds, sinceTime, stream, tailLines, timestamps, until)\"}"
                .formatted(query.substring(0, query.indexOf('='))));
  }

  @Test
  void rest_theParameterOfTheGateway_isNotOneOfALog() throws Exception {
    assertThat(get("v1alpha3", RUN, "?fields=x&tailLines=1").body()).isEqualTo("line 4999\n");
  }

  @Test
  void rest_aClientThatAcceptsNdjson_getsAnObjectForEachLine() throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(uri("v1alpha3", RUN, "?tailLines=2"))
                .header("Accept", "application/x-ndjson;q=0.9, text/plain;q=0.1")
                .build(),
            BodyHandlers.ofString());

    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(response.body())
        .isEqualTo(
            """
            {"time":"2026-08-20T10:00:04.998000000Z","namespace":"ns","pod":"run-pod","container":"step-build","step":"build","stream":"stdout","text":"line 4998"}
            {"time":"2026-08-20T10:00:04.999000000Z","namespace":"ns","pod":"run-pod","container":"step-build","step":"build","stream":"stdout","text":"line 4999"}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "text/plain"})
  void rest_clientsOfTektonResults_getText(String accept) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(uri("v1alpha2", RUN, "?tailLines=1"))
                .header("Accept", accept)
                .build(),
            BodyHandlers.ofString());

    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(response.body()).isEqualTo("line 4999\n");
  }

  @Test
  void aRunThatMayStillBeArriving_isMarkedOnBothFaces() throws Exception {
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    logs()
        .withInterceptors(
            MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers))
        .getLog(request("ns/results/r/logs/running"))
        .forEachRemaining(_ -> {});

    assertThat(trailers.get().get(key("logbridge-settled"))).isEqualTo("false");
    HttpResponse<String> response = get("v1alpha2", "ns/results/r/logs/running", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("logbridge-settled")).contains("false");
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ns/results/r/logs/nothing||NOT_FOUND|404|5|record not found: ns/results/r/logs/nothing",
        "ns/results/r/logs/podless||FAILED_PRECONDITION|400|9|TaskRun podless never had a pod, so there is no log: TaskRunImagePullFailed: no such image",
        "ns/results/r/logs/run|tailLines=-1|INVALID_ARGUMENT|400|3|tailLines: \"-1\" (expected: a whole number from 0 to 2147483647)",
        "ns/results/r/logs/run|container=step-biuld|NOT_FOUND|404|5|container: \"step-biuld\" (expected: one of step-build)",
      })
  void whatCannotBeAnswered_isSaidTheSameOnBothFaces(
      String name, String option, Status.Code code, int http, int number, String message)
      throws Exception {
    HttpResponse<String> response = get("v1alpha3", name, option == null ? "" : "?" + option);

    assertThat(response.statusCode()).isEqualTo(http);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":%d,\"message\":\"%s\"}".formatted(number, message.replace("\"", "\\\"")));

    LogsGrpc.LogsBlockingStub stub = logs();
    if (option != null) {
      String[] keyAndValue = option.split("=", 2);
      Metadata options = new Metadata();
      options.put(
          key("logbridge-" + keyAndValue[0].replace("tailLines", "tail-lines")), keyAndValue[1]);
      stub = stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(options));
    }
    var call = stub.getLog(request(name));
    assertThatThrownBy(call::hasNext)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(e.getStatus().getDescription()).isEqualTo(message);
            });
  }

  @Test
  void grpc_aMalformedName_isInvalid() {
    assertThatThrownBy(() -> logs().getLog(request("ns/results/r")).hasNext())
        .hasMessageStartingWith("INVALID_ARGUMENT: Invalid Name: \"ns/results/r\" (expected: ");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyFailureOfTheStoreBeforeTheFirstByte_isAStatusNeverAnOk(Reason reason) throws Exception {
    failOnPage(1, reason);

    HttpResponse<String> response = get("v1alpha3", RUN, "");
    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(response.body()).contains("the store says no");
    assertThatThrownBy(() -> logs().getLog(request(RUN)).hasNext())
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              com.google.rpc.Status status = StatusProto.fromThrowable(e);
              assertThat(status.getMessage()).isEqualTo("the store says no");
              assertThat(status.getDetails(0).is(ErrorInfo.class)).isTrue();
            });
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyFailureOfTheStoreAfterTheFirstByte_isAStatusInGrpcAndACutConnectionInRest(Reason reason)
      throws Exception {
    failOnPage(40, reason);

    List<HttpBody> messages = new ArrayList<>();
    assertThatThrownBy(() -> logs().getLog(request(RUN)).forEachRemaining(messages::add))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(messages).isNotEmpty();
    assertThat(lines(0, LINES)).startsWith(text(messages));

    for (HttpClient.Version version : HttpClient.Version.values()) {
      assertThatThrownBy(() -> get(version, "v1alpha3", RUN, "")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClientThatLeaves_stopsTheReading() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    store.hook =
        page -> {
          if (page == 40) { // behind the first message
            try {
              waiting.countDown();
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.countDown();
              throw e;
            }
          }
        };
    var call = channel.newCall(LogsGrpc.getGetLogMethod(), CallOptions.DEFAULT);
    CountDownLatch first = new CountDownLatch(1);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(HttpBody message) {
            first.countDown();
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(request(RUN));
    call.halfClose();
    assertThat(first.await(CEILING.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(waiting.await(CEILING.toSeconds(), TimeUnit.SECONDS)).isTrue();

    call.cancel("enough", null);

    assertThat(interrupted.await(CEILING.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void rest_aClientThatLeaves_isNoErrorOfTheServer() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    store.hook =
        page -> {
          if (page == 20) {
            sending.countDown();
            left.await();
          }
        };
    try (CapturedLog log = CapturedLog.begin()) {
      try (Socket client = new Socket("127.0.0.1", server.port())) {
        client.getOutputStream().write(httpGet(RUN).getBytes(UTF_8));
        assertThat(client.getInputStream().read()).isEqualTo('H');
        assertThat(sending.await(CEILING.toSeconds(), TimeUnit.SECONDS)).isTrue();
        client.setSoLinger(true, 0); // resets the connection, so that the next write fails
      } finally {
        left.countDown();
      }
      log.awaitCall("CANCELLED");

      assertThat(log.complaints()).isEmpty();
    }
  }

  private static String httpGet(String name) {
    String[] segments = name.split("/", -1);
    return "GET /apis/results.tekton.dev/v1alpha3/parents/%s/results/%s/logs/%s HTTP/1.1\r\nHost: x\r\n\r\n"
        .formatted(segments[0], segments[2], segments[4]);
  }

  @Test
  void aDeadline_endsACallThatWaitsForTheStore() {
    store.hook = _ -> new CountDownLatch(1).await();

    assertThatThrownBy(() ->
            logs().withDeadlineAfter(300, TimeUnit.MILLISECONDS).getLog(request(RUN)).hasNext())
        .hasMessageStartingWith("DEADLINE_EXCEEDED");
  }

  @Test
  void recordsAndHealth_areServedWhileTheStoreIsDown() throws Exception {
    failOnPage(1, Reason.UNAVAILABLE);

    assertThat(
            ResultsGrpc.newBlockingStub(channel)
                .getRecord(
                    GetRecordRequest.newBuilder().setName("ns/results/r/records/run").build())
                .getData()
                .getType())
        .isEqualTo("tekton.dev/v1.TaskRun");
    assertThat(operations("/health/ready").statusCode()).isEqualTo(200);
    assertThat(operations("/health/live").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(operations("/health").body())
        .isEqualTo(
            "{\"status\":\"UP\",\"database\":\"UP\",\"logStorage\":{\"type\":\"List\",\"circuitBreaker\":\"CLOSED\"}}");
    assertThat(operations("/metrics").body())
        .contains("resilience4j_circuitbreaker_state{name=\"list\",state=\"closed\"} 1.0");
  }

  @Test
  void deletingALog_deletesItsRecordAndItsLines() {
    ContainerRef container = new ContainerRef("ns", "run-pod", null, "sidecar-db");
    store.add(container, LogEntry.of(T0.plusSeconds(1), LogStream.STDOUT, "doomed"));
    create(
        "doomed",
        "tekton.dev/v1.TaskRun",
        "{'metadata':{'name':'doomed','namespace':'ns','uid':'doomed'},'status':{'podName':'run-pod','startTime':'2026-08-20T10:00:00Z','sidecars':[{'name':'db'}]}}");
    create(
        "doomed-log", "results.tekton.dev/v1alpha3.Log", "{'spec':{'resource':{'uid':'doomed'}}}");
    String log = "ns/results/r/logs/doomed-log";
    assertThat(text(logs().getLog(request(log)))).isEqualTo("doomed\n");

    io.logbridge.proto.v1alpha2.LogsGrpc.newBlockingStub(channel)
        .deleteLog(DeleteLogRequest.newBuilder().setName(log).build());

    assertThatThrownBy(() -> text(logs().getLog(request(log)))).hasMessageStartingWith("NOT_FOUND");
    assertThat(text(logs().getLog(request("ns/results/r/logs/doomed")))).isEmpty();
    assertThat(text(logs().getLog(request(RUN)))).isEqualTo(lines(0, LINES));
  }

  @Test
  void aRunThatNeverHadAPod_hasItsEventsForALogIfTheyAreAskedFor() throws Exception {
    create(
        "unpulled",
        "tekton.dev/v1.TaskRun",
        "{'metadata':{'name':'unpulled','namespace':'ns','uid':'unpulled','annotations':{'results.tekton.dev/eventlist':'ns/results/r/records/unpulled-events'}},'status':{'startTime':'2026-08-20T10:00:00Z','completionTime':'2026-08-20T10:01:00Z'}}");
    create(
        "unpulled-events",
        "results.tekton.dev/v1.EventList",
        "{'metadata':{},'items':[{'metadata':{'name':'e','namespace':'ns'},'involvedObject':{'kind':'Pod','name':'unpulled-pod'},'reason':'Failed','message':'Error: ImagePullBackOff','lastTimestamp':'2026-08-20T10:00:02Z','type':'Warning'}]}");

    assertThat(get("v1alpha3", "ns/results/r/logs/unpulled", "").statusCode()).isEqualTo(400);
    assertThat(get("v1alpha3", "ns/results/r/logs/unpulled", "?events=true").body())
        .isEqualTo(
            "2026-08-20T10:00:02.000000000Z [event] Warning Failed pod/unpulled-pod:"
                + " Error: ImagePullBackOff\n");
  }

  private void create(String name, String type, String json) {
    var _ =
        ResultsGrpc.newBlockingStub(channel)
            .createRecord(
                CreateRecordRequest.newBuilder()
                    .setParent("ns/results/r")
                    .setRecord(
                        Record.newBuilder()
                            .setName("ns/results/r/records/" + name)
                            .setData(
                                Any.newBuilder()
                                    .setType(type)
                                    .setValue(ByteString.copyFromUtf8(json.replace('\'', '"')))))
                    .build());
  }

  @Test
  void aPushedLog_isRefusedAtItsFirstMessage() throws Exception {
    CompletableFuture<Status> status = new CompletableFuture<>();
    StreamObserver<Log> pieces =
        io.logbridge.proto.v1alpha2.LogsGrpc.newStub(channel)
            .updateLog(
                new StreamObserver<>() {
                  @Override
                  public void onNext(LogSummary summary) {}

                  @Override
                  public void onError(Throwable e) {
                    status.complete(Status.fromThrowable(e));
                  }

                  @Override
                  public void onCompleted() {
                    status.complete(Status.OK);
                  }
                });
    pieces.onNext(Log.newBuilder().setName(RUN).build());

    assertThat(status.get(CEILING.toSeconds(), TimeUnit.SECONDS).getCode())
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  private void failOnPage(int failing, Reason reason) {
    store.hook =
        page -> {
          if (page == failing) {
            throw new LogBackendException(reason, "the store says no");
          }
        };
  }

  private LogsGrpc.LogsBlockingStub logs() {
    return LogsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(CEILING.toSeconds(), TimeUnit.SECONDS);
  }

  private static GetLogRequest request(String name) {
    return GetLogRequest.newBuilder().setName(name).build();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private HttpResponse<String> get(String api, String name, String query) throws Exception {
    return get(HttpClient.Version.HTTP_1_1, api, name, query);
  }

  private HttpResponse<String> get(
      HttpClient.Version version, String api, String name, String query) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(api, name, query)).version(version).timeout(CEILING).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String api, String name, String query) {
    return URI.create(
        "http://127.0.0.1:%d/apis/results.tekton.dev/%s/parents/%s%s"
            .formatted(server.port(), api, name, query));
  }

  private HttpResponse<String> operations(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.operationsPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static String text(Iterator<HttpBody> messages) {
    List<HttpBody> all = new ArrayList<>();
    messages.forEachRemaining(all::add);
    return text(all);
  }

  private static String text(List<HttpBody> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    messages.forEach(message -> bytes.writeBytes(message.getData().toByteArray()));
    return bytes.toString(UTF_8);
  }

  private static String lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append("line ").append(i).append('\n');
    }
    return text.toString();
  }
}
