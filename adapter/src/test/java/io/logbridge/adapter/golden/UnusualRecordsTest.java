// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.TestConfig;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.json.ClientJson;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.CreateRecordRequest;
import io.logbridge.proto.v1alpha2.CreateResultRequest;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.GetResultRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListResultsRequest;
import io.logbridge.proto.v1alpha2.LogsGrpc;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.RecordSummary;
import io.logbridge.proto.v1alpha2.Result;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
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
import tools.jackson.databind.JsonNode;

/** Values at the edge of what the API takes: refused with a reason, or served whatever is asked. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class UnusualRecordsTest {

  private static final String PARENTS = "/apis/results.tekton.dev/v1alpha2/parents/";
  private static final String TASK_RUN = "tekton.dev/v1.TaskRun";
  private static final String LOG = "results.tekton.dev/v1alpha3.Log";
  private static final String DEEP = "{\"a\":".repeat(600) + "1" + "}".repeat(600);

  private final DatabaseConfig database = TestDatabase.empty(true);
  private final HttpClient http = HttpClient.newHttpClient();
  private LogbridgeServer server;
  private ManagedChannel channel;

  @BeforeAll
  void start() {
    server =
        LogbridgeServer.start(
            TestConfig.of(TestConfig.SERVER, new AuthConfig.None(), database, new ListBackend(100)),
            Clock.systemUTC());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterAll
  void stop() throws InterruptedException {
    channel.shutdownNow();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    server.close();
    http.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0000-06-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:30:00-01:00",
  })
  void aTimeOutsideOfTheYears1To9999_isRefusedOverRest(String time) throws Exception {
    HttpResponse<String> answer =
        post(
            "times/results",
            """
            {"name":"times/results/rest",
             "summary":{"record":"times/results/rest/records/x","type":"t","start_time":"%s"}}
            """
                .formatted(time));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer))
        .isEqualTo(
            "proto: (line 2:77): google.protobuf.Timestamp value out of range: \"" + time + "\"");
  }

  @ParameterizedTest
  @CsvSource({"-62135596801,0", "253402300800,0", "0,-1", "0,1000000000"})
  void aTimeOutsideOfTheYears1To9999_isRefusedOverGrpc(long seconds, int nanos) {
    Result result =
        Result.newBuilder()
            .setName("times/results/grpc")
            .setSummary(
                RecordSummary.newBuilder()
                    .setRecord("times/results/grpc/records/x")
                    .setType("t")
                    .setEndTime(Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos)))
            .build();

    refused(
        () ->
            results()
                .createResult(
                    CreateResultRequest.newBuilder().setParent("times").setResult(result).build()),
        "summary.end_time: %d s and %d ns since 1970 (expected: a time in the years 1 to 9999, in"
                .formatted(seconds, nanos)
            + " UTC)");
  }

  /** Somebody else may have written them; the columns take more than a message. */
  @Test
  void aStoredTimeThatNoMessageCanHold_isLeftOut() throws Exception {
    created("stored/results", "{\"name\":\"stored/results/a\"}");
    created("stored/results", "{\"name\":\"stored/results/b\"}");
    record("stored/results/a", "r", "t", "1");
    TestDatabase.load(
        database,
        """
        UPDATE results SET recordsummary_record = 'stored/results/a/records/r',
               recordsummary_type = 't', recordsummary_start_time = '10000-01-01 00:00:00+00',
               recordsummary_end_time = '0044-03-15 00:00:00+00 BC', created_time = 'infinity'
         WHERE name = 'a';
        UPDATE records SET updated_time = '-infinity' WHERE parent = 'stored';
        """);

    JsonNode list = json(get("stored/results?order_by=create_time&page_size=5"));
    JsonNode found = list.path("results").get(1);
    JsonNode record = json(get("stored/results/a/records/r"));

    assertThat(list.path("results").size()).isEqualTo(2);
    assertThat(found.path("name").asString()).isEqualTo("stored/results/a");
    assertThat(found.propertyNames()).contains("update_time").doesNotContain("create_time");
    assertThat(found.path("summary").propertyNames()).containsExactly("record", "type");
    assertThat(record.propertyNames()).contains("create_time").doesNotContain("update_time");
    assertThat(
            results()
                .getResult(GetResultRequest.newBuilder().setName("stored/results/a").build())
                .getSummary())
        .isEqualTo(
            RecordSummary.newBuilder()
                .setRecord("stored/results/a/records/r")
                .setType("t")
                .build());
  }

  @Test
  void aPageThatEndsAtAnEndlessTime_isFollowedByTheNext() throws Exception {
    for (int i = 0; i < 6; i++) {
      created("endless/results", "{\"name\":\"endless/results/r" + i + "\"}");
    }
    TestDatabase.load(
        database, "UPDATE results SET created_time = 'infinity' WHERE parent = 'endless'");

    String list = "endless/results?order_by=create_time%20desc&page_size=5";
    JsonNode first = json(get(list));
    JsonNode second = json(get(list + "&page_token=" + first.path("next_page_token").asString()));

    assertThat(first.path("results").size()).isEqualTo(5);
    assertThat(second.path("results").size()).isEqualTo(1);
  }

  @Test
  void aLogWithAFieldThatNobodyKnows_isStoredWithoutIt_howeverDeepItIs() throws Exception {
    created("deep/results", "{\"name\":\"deep/results/log\"}");

    String stored = record("deep/results/log", "log", LOG, "{\"x\":" + DEEP + "}");

    assertThat(stored).startsWith("{\"kind\":\"Log\"").doesNotContain("\"x\"");
  }

  @Test
  void aLogWhoseNameIsNoText_isRefused() throws Exception {
    created("shape/results", "{\"name\":\"shape/results/log\"}");

    HttpResponse<String> answer =
        post(
            "shape/results/log/records",
            body("shape/results/log", "log", LOG, "{\"metadata\":{\"name\":5,\"foo\":1}}"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"code\":3,\"message\":\"json: cannot unmarshal number into Go struct field"
                + " ObjectMeta.metadata.name of type string\"}");
  }

  @Test
  void aDeepDocument_isServedInEveryList() throws Exception {
    created("deep/results", "{\"name\":\"deep/results/run\"}");
    String run =
        """
        {"kind":"TaskRun","metadata":{"name":"run","namespace":"deep","uid":"u","annotations":%s},
         "status":{"podName":"run-pod","startTime":"2026-08-20T10:00:00Z","steps":[{"name":"a","running":%s}]},
         "number":%s}
        """
            .formatted(DEEP, DEEP, "7".repeat(1_500));
    String other =
        "{\"metadata\":{\"name\":\"other\",\"namespace\":%s,\"uid\":\"o\"}}".formatted(DEEP);

    assertThat(record("deep/results/run", "run", TASK_RUN, run)).isEqualTo(run);
    record("deep/results/run", "other", TASK_RUN, other);
    record("deep/results/run", "deeper", TASK_RUN, "{}");
    TestDatabase.load(
        database,
        """
        UPDATE records SET data = ('{"metadata":{"name":"deeper","namespace":"deep"},"x":'
            || repeat('[', 12000) || repeat(']', 12000) || '}')::jsonb
         WHERE name = 'deeper'
        """);

    assertThat(get("deep/results/run/records").body()).contains("run/records/other");
    assertThat(
            LogsGrpc.newBlockingStub(channel)
                .listLogs(ListRecordsRequest.newBuilder().setParent("-/results/-").build())
                .getRecordsList())
        .extracting(Record::getName)
        .contains("deep/results/run/logs/run", "deep/results/run/logs/other");
    assertThat(
            data(
                get(
                    "deep/results/run/records/run?fields=data.value.metadata.name,data.value.number")))
        .isEqualTo("{\"metadata\":{\"name\":\"run\"},\"number\":" + "7".repeat(1_500) + "}");
    assertThat(data(get("deep/results/run/records/run?fields=data.value.metadata.annotations")))
        .isEqualTo("{\"metadata\":{\"annotations\":" + DEEP + "}}");
    assertThat(get("deep/results/run/logs/run").statusCode()).isEqualTo(200);
    assertThat(send("/kube/apis/tekton.dev/v1/namespaces/deep/taskruns").body())
        .contains("[".repeat(12_000) + "]".repeat(12_000));
    for (String path :
        new String[] {
          "/kube/apis/tekton.dev/v1/taskruns",
          "/kube/apis/tekton.dev/v1/namespaces/deep/taskruns/run",
          "/kube/api/v1/namespaces/deep/pods",
          "/kube/apis/tekton.dev/v1/taskruns?watch=true&timeoutSeconds=1",
        }) {
      HttpResponse<String> answer = send(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).contains(DEEP);
    }
  }

  @Test
  void aResultWithALongKey_isServedInLists() throws Exception {
    String key = "k".repeat(60_000);
    created(
        "long/results",
        "{\"name\":\"long/results/r\",\"annotations\":{\"%s\":\"v\"}}".formatted(key));

    assertThat(json(get("long/results")).at("/results/0/annotations").propertyNames())
        .containsExactly(key);
  }

  @Test
  void textOverGrpcThatIsNotUtf8_isNoMessage() {
    MethodDescriptor<GetResultRequest, Result> get = ResultsGrpc.getGetResultMethod();
    MethodDescriptor<byte[], Result> raw =
        get.toBuilder(new Bytes(), get.getResponseMarshaller()).build();
    byte[] halfAPair = HexFormat.of().parseHex("0a03eda080"); // field 1, three bytes

    assertThatThrownBy(() ->
            ClientCalls.blockingUnaryCall(
                channel,
                raw,
                CallOptions.DEFAULT.withDeadlineAfter(Duration.ofSeconds(30)),
                halfAPair))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL));
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"text/results/x\",\"annotations\":{\"a\":\"\\u0000\"}}",
        "{\"name\":\"text/results/x\",\"summary\":{\"record\":\"text/results/x/records/y\",\"type\":\"\\u0000\"}}",
        "{\"name\":\"text/results/x\",\"summary\":{\"record\":\"text/results/x/records/y\",\"type\":\"t\",\"annotations\":{\"\\u0000\":\"\"}}}",
        "{\"name\":\"text/results/x\",\"annotations\":{\"a\":\"\\ud800\",\"b\":\"\"}}",
      })
  void textThatTheDatabaseCannotHold_isRefused(String result) throws Exception {
    HttpResponse<String> answer = post("text/results", result);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).containsAnyOf("0x00", "Unicode escape", "invalid escape code");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "t|{\"a\":\"\\u0000\"}|ERROR: unsupported Unicode escape sequence (SQLSTATE 22P05)",
        "t|\"\\ud800\"|data.value: \\ud800 is half a character (expected: a pair of surrogates)",
        LOG
            + "|{\"metadata\":{\"name\":\"\\u0000\"}}|ERROR: unsupported Unicode escape sequence"
            + " (SQLSTATE 22P05)",
        LOG
            + "|{\"metadata\":{\"name\":\"\\udfff\"}}|data.value: \\udfff is half a character"
            + " (expected: a pair of surrogates)",
        "a\0b|1|ERROR: invalid byte sequence for encoding \"UTF8\": 0x00 (SQLSTATE 22021)",
      })
  void dataThatTheDatabaseCannotHold_isRefused(String type, String json, String message)
      throws Exception {
    String result = "data/results/r" + Integer.toHexString((type + json).hashCode());
    created("data/results", "{\"name\":\"" + result + "\"}");

    refused(
        () ->
            results()
                .createRecord(
                    CreateRecordRequest.newBuilder()
                        .setParent(result)
                        .setRecord(
                            Record.newBuilder()
                                .setName(result + "/records/x")
                                .setData(
                                    Any.newBuilder()
                                        .setType(type)
                                        .setValue(ByteString.copyFromUtf8(json))))
                        .build()),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"No Such Parent!", "Upper.And.Dots", "ÄÖ", "x;DROP TABLE results"})
  void aListOfResults_isEmptyForAParentThatIsNoName(String parent) throws Exception {
    HttpResponse<String> rest =
        get(URLEncoder.encode(parent, UTF_8).replace("+", "%20") + "/results");

    assertThat(rest.statusCode() + rest.body()).isEqualTo("200{}");
    assertThat(results().listResults(ListResultsRequest.newBuilder().setParent(parent).build()))
        .isEqualTo(io.logbridge.proto.v1alpha2.ListResultsResponse.getDefaultInstance());
  }

  @Test
  void aListOfResults_ofAParentThatTheDatabaseCannotCompare_isRefused() {
    refused(
        () -> results().listResults(ListResultsRequest.newBuilder().setParent("a\0b").build()),
        "ERROR: invalid byte sequence for encoding \"UTF8\": 0x00 (SQLSTATE 22021)");
  }

  @Test
  void aNameWithALineEnd_isNoName() throws Exception {
    created("newline/results", "{\"name\":\"newline/results/r\"}");
    record("newline/results/r", "x", "t", "1");

    refused(
        () ->
            results()
                .getResult(GetResultRequest.newBuilder().setName("newline/results/r\n").build()),
        "rpc error: code = InvalidArgument desc = name must match"
            + " (^[a-z0-9_-]{1,63})/results/([a-z0-9_-]{1,63}$)");
    refused(
        () ->
            results()
                .getRecord(
                    GetRecordRequest.newBuilder().setName("newline/results/r/records/x\n").build()),
        "name must match"
            + " (^[a-z0-9_-]{1,63})/results/([a-z0-9_-]{1,63})/records/([a-z0-9_-]{1,63}$)");
  }

  @Test
  void aRecordNamedSummary_isReadOverGrpc_andHiddenBehindTheSummaryOverRest() throws Exception {
    created("hidden/results", "{\"name\":\"hidden/results/r\"}");
    record("hidden/results/r", "summary", "t", "{\"a\":1}");

    assertThat(
            results()
                .getRecord(
                    GetRecordRequest.newBuilder()
                        .setName("hidden/results/r/records/summary")
                        .build())
                .getData()
                .getValue()
                .toStringUtf8())
        .isEqualTo("{\"a\":1}");
    assertThat(get("hidden/results/r/records/summary?summary=total").body())
        .isEqualTo("{\"summary\":[{\"total\":1}]}");
    assertThat(get("hidden/results/r/records/summary").statusCode()).isEqualTo(400);
    assertThat(get("hidden/results/r/records").body()).contains("hidden/results/r/records/summary");
  }

  @Test
  void aFieldOfTwoLevels_isFoundByItsNameAndByAnIndex() throws Exception {
    created("mixed/results", "{\"name\":\"mixed/results/r\"}");
    record("mixed/results/r", "yes", "t", "{\"a\":{\"b\":\"x\"}}");
    record("mixed/results/r", "no", "t", "{\"a\":{\"b\":\"y\"}}");

    for (String field : new String[] {"data.a[\"b\"]", "data[\"a\"].b", "data[\"a\"][\"b\"]"}) {
      String filter = URLEncoder.encode(field + " == \"x\"", UTF_8);
      assertThat(get("mixed/results/r/records?fields=records.name&filter=" + filter).body())
          .as(field)
          .isEqualTo("{\"records\":[{\"name\":\"mixed/results/r/records/yes\"}]}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void theHealth_canOnlyBeRead(String method) throws Exception {
    HttpResponse<String> answer =
        http.send(
            request("/healthz").method(method, BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode() + answer.body())
        .isEqualTo("501{\"code\":12,\"message\":\"Method Not Allowed\"}");
  }

  @Test
  void theHealth_isAnsweredToAFormThatStandsForAGet_andToNoHead() throws Exception {
    HttpResponse<String> form =
        http.send(
            request("/healthz")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    HttpResponse<String> head =
        http.send(request("/healthz").HEAD().build(), BodyHandlers.ofString());

    assertThat(form.statusCode() + form.body()).isEqualTo("200{\"status\":\"SERVING\"}");
    assertThat(head.statusCode() + head.body()).isEqualTo("501");
  }

  private ResultsGrpc.ResultsBlockingStub results() {
    return ResultsGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(e.getStatus().getDescription()).isEqualTo(message);
            });
  }

  /** Stores a record, and gives back what its answer says was stored. */
  private String record(String result, String name, String type, String json) throws Exception {
    return data(created(result + "/records", body(result, name, type, json)));
  }

  private static String body(String result, String name, String type, String json) {
    return "{\"name\":\"%s/records/%s\",\"data\":{\"type\":\"%s\",\"value\":\"%s\"}}"
        .formatted(result, name, type, Base64.getEncoder().encodeToString(json.getBytes(UTF_8)));
  }

  private static String data(HttpResponse<String> answer) {
    return new String(
        Base64.getDecoder().decode(json(answer).path("data").path("value").asString()), UTF_8);
  }

  private HttpResponse<String> created(String path, String body) throws Exception {
    HttpResponse<String> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(
        request(PARENTS + path).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(PARENTS + path);
  }

  private HttpResponse<String> send(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(Duration.ofSeconds(60));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return ClientJson.read(answer.body());
  }

  private static String message(HttpResponse<String> answer) {
    return json(answer).path("message").asString();
  }
}
