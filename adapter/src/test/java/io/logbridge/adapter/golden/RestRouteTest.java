// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.proto.v1alpha2.ListResultsRequest;
import io.logbridge.proto.v1alpha2.ListResultsResponse;
import io.logbridge.proto.v1alpha2.Result;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recorded cases leave open about REST. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class RestRouteTest {

  private static final String PARENTS = "/apis/results.tekton.dev/v1alpha2/parents/";
  private static final String RESULT = "default/results/empty_result-1";
  private static final String RUN =
      "default/results/8b83e32b-3faa-5244-bf49-e701c9ff5b5b/records/db6e471f-3f39-57eb-94ca-8e8434095a6b";

  private final HttpClient http = HttpClient.newHttpClient();
  private LogbridgeServer server;

  @BeforeAll
  void start() {
    server = GoldenServer.start(new ListBackend(100));
  }

  @AfterAll
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void aBodyThatMeansNothing_doesNotDisturbTheNextRequestOnItsConnection() throws Exception {
    String get = "GET " + PARENTS + RESULT + "?fields=name HTTP/1.1\r\nHost: x\r\n";
    String answers =
        raw(
            get
                + "Content-Length: 13\r\n\r\n{\"pageSize\":5"
                + get
                + "Transfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n0\r\n\r\n"
                + "DELETE /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nGET "
                + get
                + "\r\n\r\nEND");

    assertThat(Pattern.compile("HTTP/1.1 (\\d+)").matcher(answers).results().map(m -> m.group(1)))
        .containsExactly("200", "200", "404", "200", "400");
    assertThat(answers).contains("\r\n\r\n{\"name\":\"" + RESULT + "\"}");
  }

  @ParameterizedTest
  @CsvSource({"POST,GET", "POST,get"})
  void aFormWithAnotherMethod_isTheRequestThatItStandsFor(String verb, String override)
      throws Exception {
    HttpResponse<String> answer =
        send(
            request("default/results")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-HTTP-Method-Override", override)
                .method(verb, BodyPublishers.ofString("fields=results.name&page_size=5")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"results\":[{\"name\":\"default/results/");
  }

  @Test
  void aFormForAPathThatCanOnlyBeRead_isARead() throws Exception {
    HttpResponse<String> answer =
        send(
            request(RUN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("fields=data.type")));

    assertThat(answer.body()).isEqualTo("{\"data\":{\"type\":\"tekton.dev/v1.TaskRun\"}}");
  }

  @Test
  void aFormWhereSomethingIsCreated_isNoJson() throws Exception {
    HttpResponse<String> answer =
        send(
            request("default/results")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("page_size=5")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"code\":3,\"message\":\"the body is not JSON: ");
  }

  @Test
  void aMessageOf4MiB_isTaken_andALargerOneIsNot() throws Exception {
    HttpResponse<String> taken = send(create("large", (4 << 20) - 1000));
    HttpResponse<String> refused = send(create("larger", (4 << 20) + 1));
    HttpResponse<String> refusedUnread = send(create("largest", 9 << 20));

    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body())
        .matches(
            "\\{\"code\":8,\"message\":\"grpc: received message larger than max \\(4194\\d{3} vs."
                + " 4194304\\)\"}");
    assertThat(refusedUnread.statusCode()).isEqualTo(429);
    assertThat(refusedUnread.body())
        .isEqualTo(
            "{\"code\":8,\"message\":\"request body: more than 8388608 bytes (expected: at most"
                + " that)\"}");
  }

  private HttpRequest.Builder create(String record, int size) {
    String name = RESULT + "/records/" + record;
    String json = "\"" + "x".repeat(size - 2) + "\"";
    return request(RESULT + "/records")
        .POST(
            BodyPublishers.ofString(
                "{\"name\":\"%s\",\"data\":{\"type\":\"t\",\"value\":\"%s\"}}"
                    .formatted(name, Base64.getEncoder().encodeToString(json.getBytes(UTF_8)))));
  }

  @Test
  void aCompressedBody_isRefused() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write("{}".getBytes(UTF_8));
    }
    HttpResponse<String> answer =
        send(
            request("default/results")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(compressed.toByteArray())));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void head_getsNoBody() throws Exception {
    String head = "HEAD " + PARENTS + RESULT + " HTTP/1.1\r\nHost: x\r\n\r\n";

    assertThat(raw(head + head + "\r\nEND"))
        .matches("(?s)HTTP/1.1 501 .*\r\n\r\nHTTP/1.1 501 .*\r\n\r\nHTTP/1.1 400 .*\r\n\r\n");
  }

  @Test
  void aShortAnswer_hasItsLength() throws Exception {
    HttpResponse<String> answer = send(request(RESULT + "?fields=name"));

    assertThat(answer.headers().firstValueAsLong("Content-Length"))
        .hasValue(answer.body().length());
  }

  @Test
  void quotesInAQuery_needNoEncoding() throws Exception {
    String get = "GET " + PARENTS + "default/results?page_token=\"{|\" HTTP/1.1\r\nHost: x\r\n\r\n";

    assertThat(raw(get + "\r\nEND")).contains("illegal base64 data at input byte 0");
  }

  @Test
  void aPathThatCannotBeDecoded_isRefused() throws Exception {
    String answer = raw("GET " + PARENTS + "%zz/results HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aDoubledSlash_isARedirectThatKeepsTheQuery() throws Exception {
    HttpResponse<String> get = send(request("/default/results?a=%2F&b"));
    HttpResponse<String> post =
        send(request("/default/results").POST(BodyPublishers.ofString("{}")));

    assertThat(get.statusCode()).isEqualTo(301);
    assertThat(get.headers().firstValue("Location")).contains(PARENTS + "default/results?a=%2F&b");
    assertThat(get.body())
        .isEqualTo(
            "<a href=\"" + PARENTS + "default/results?a=%2F&amp;b\">Moved Permanently</a>.\n\n");
    assertThat(post.statusCode()).isEqualTo(301);
    assertThat(post.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"default/results/", RESULT + "/", RESULT + "/nope", ""})
  void aPathThatDoesNotExist_is404InJson(String path) throws Exception {
    HttpResponse<String> answer = send(request(path));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"code\":5,\"message\":\"Not Found\"}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void aLongFilter_fitsIntoTheUrl() throws Exception {
    HttpResponse<String> answer = send(request(RESULT + "?nope=" + "x".repeat(20_000)));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void theFirstFieldsParameter_andTheHeader_areOneMask() throws Exception {
    HttpResponse<String> answer =
        send(request(RUN + "?fields=name&fields=uid").header("Grpc-Metadata-Fields", "data.type"));

    assertThat(answer.body())
        .isEqualTo("{\"name\":\"" + RUN + "\",\"data\":{\"type\":\"tekton.dev/v1.TaskRun\"}}");
  }

  @Test
  void partialAnswers_areServedOverGrpcToo() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    Metadata fields = new Metadata();
    Metadata.Key<String> key = Metadata.Key.of("fields", Metadata.ASCII_STRING_MARSHALLER);
    fields.put(key, "results.name");
    fields.put(key, "results.summary.type");
    try {
      ListResultsResponse page =
          ResultsGrpc.newBlockingStub(channel)
              .withDeadlineAfter(60, TimeUnit.SECONDS)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(fields))
              .listResults(ListResultsRequest.newBuilder().setParent("default").build());

      assertThat(page.getResultsList())
          .hasSize(3)
          .contains(Result.newBuilder().setName(RESULT).build());
    } finally {
      channel.shutdownNow();
      assertThat(channel.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aLog_isFoundByAnEncodedName_andRefusesWhatIsNoOption() throws Exception {
    HttpResponse<String> log =
        send(request(RUN.replace("/records/", "/logs/").replace("/", "%2F")));
    HttpResponse<String> refused =
        send(request(RUN.replace("/records/", "/logs/") + "?tailLine=1"));

    assertThat(log.statusCode()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("tailLine");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + PARENTS + path))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /**
   * Sends all at once, and reads all that comes until the server closes the connection, as it does
   * after a line that is no request.
   */
  private String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(text.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
