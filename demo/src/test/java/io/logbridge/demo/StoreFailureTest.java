// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.HttpBody;
import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.demo.history.TaskRun;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log that the store does not give in full never looks complete, and takes nothing else down. */
@Timeout(180)
@ExtendWith(SharedDemo.class)
final class StoreFailureTest {

  private static final Duration CEILING = Duration.ofSeconds(60);

  /** Retries at once, so that tests need not wait for them; all else is as users have it. */
  private static final Map<String, String> IMPATIENT =
      Map.of("LOGBRIDGE_GUARD_BACKOFF", "10ms", "LOGBRIDGE_GUARD_MAX_BACKOFF", "20ms");

  /** Some pages, but not all of the longest log. */
  private static final long HALF = 1_500_000;

  private final DemoEnvironment demo;
  private final TaskRun longest;
  private final String name;

  @TempDir private Path folder;
  private TcpProxy proxy;
  private LogbridgeServer server;

  StoreFailureTest(DemoEnvironment demo) {
    this.demo = demo;
    this.longest = demo.history().taskRun("nightly-load-test-4c8vq");
    this.name = demo.history().logName(longest);
  }

  @BeforeEach
  void start() throws IOException {
    proxy = new TcpProxy(demo.store().uri());
    server = start(proxy.uri());
  }

  private LogbridgeServer start(URI store) throws IOException {
    Path file =
        ServerFile.write(
            folder.resolve("logbridge.yaml"),
            0,
            demo.database(),
            demo.store().configuration(store));
    return LogbridgeServer.start(ConfigLoader.load(file, IMPATIENT));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    proxy.close();
  }

  @ParameterizedTest
  @EnumSource
  void aStoreThatIsDown_isUnavailableAndThenRefusedByTheBreaker(Face face) throws Exception {
    proxy.close();

    Answer first = face.get(server.port(), name);
    assertThat(first.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(first.text()).isEmpty();
    await()
        .atMost(CEILING)
        .until(() -> {
          Answer next = face.get(server.port(), name);
          assertThat(next.code()).isEqualTo(Code.UNAVAILABLE);
          return next.retryInfo();
        });

    assertThat(get(server.operationsPort(), "/health/ready").statusCode()).isEqualTo(200);
    assertThat(get(server.operationsPort(), "/health").body()).contains("OPEN");
    assertThat(readsTheRecord(server)).isTrue();
  }

  @Test
  void aStoreThatIsDown_isNamedToPrograms() throws IOException {
    proxy.close();

    Answer answer = Face.GRPC_V1ALPHA3.get(server.port(), name);

    assertThat(answer.reason()).isEqualTo("STORE_UNAVAILABLE");
  }

  @ParameterizedTest
  @EnumSource(names = {"GRPC_V1ALPHA2", "GRPC_V1ALPHA3"})
  void aStoreThatDiesMidStream_endsGrpcWithAFailure(Face face) {
    proxy.breakAfter(HALF);

    Answer answer = face.get(server.port(), name);

    assertThat(answer.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(answer.text()).isNotEmpty();
    answer.assertPrefixOf(ExpectedLog.of(longest).text());
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_V1ALPHA2", "REST_V1ALPHA3"})
  void aStoreThatDiesMidStream_abortsTheHttpBody(Face face) {
    proxy.breakAfter(HALF);

    Answer answer = face.get(server.port(), name);

    assertThat(answer.code()).isEqualTo(Code.UNKNOWN);
    assertThat(answer.text()).isNotEmpty();
    answer.assertPrefixOf(ExpectedLog.of(longest).text());
  }

  @Test
  void anAbortedHttpBody_isAnErrorToCurl() throws Exception {
    proxy.breakAfter(HALF);

    Process curl =
        new ProcessBuilder(
                "curl", "-sS", Face.REST_V1ALPHA3.uri(server.port(), name, Map.of()).toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();

    assertThat(curl.waitFor(CEILING)).isTrue();
    assertThat(curl.exitValue()).isNotZero();
  }

  @Test
  void aStoreThatComesBack_servesTheWholeLogAgain() {
    proxy.breakAfter(HALF);
    assertThat(Face.GRPC_V1ALPHA3.get(server.port(), name).code()).isEqualTo(Code.UNAVAILABLE);

    proxy.heal();

    Face.GRPC_V1ALPHA3.get(server.port(), name).assertText(ExpectedLog.of(longest).text());
  }

  @Test
  void cancellingGrpc_endsTheRequestToTheStore() {
    proxy.stallAfter(HALF);
    ManagedChannel channel = Face.channel(server.port());
    Context.CancellableContext call = Context.current().withCancellation();
    try {
      Iterator<HttpBody> messages =
          call.wrap(() ->
                  LogsGrpc.newBlockingStub(channel)
                      .getLog(GetLogRequest.newBuilder().setName(name).build()))
              .call();
      assertThat(messages.next().getData()).isNotEmpty();
      await().atMost(CEILING).until(proxy::isStalled);

      call.cancel(null);

      await().atMost(CEILING).until(() -> !proxy.isStalledAnswerAwaited());
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      call.close();
      channel.shutdownNow();
    }
  }

  /** Over HTTP/1.1 a server notices by its next write that nobody is there, and not before. */
  @ParameterizedTest
  @EnumSource
  void leavingHttp_endsTheReadingLongBeforeTheLogDoes(HttpClient.Version version) throws Exception {
    Face.REST_V1ALPHA3.get(server.port(), name).assertText(ExpectedLog.of(longest).text());
    long whole = proxy.answered();
    proxy.forgetRequests();
    proxy.stallAfter(HALF);
    try (HttpClient http = HttpClient.newBuilder().version(version).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(Face.REST_V1ALPHA3.uri(server.port(), name, Map.of())).build();
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        assertThat(body.read()).isGreaterThanOrEqualTo(0);
        await().atMost(CEILING).until(proxy::isStalled);
      }
      http.shutdownNow();

      proxy.heal();

      await().atMost(CEILING).until(() -> proxy.hasSeen("DELETE /_pit"));
      assertThat(proxy.answered() - whole).isLessThan(whole);
    }
  }

  @Test
  void aServerStartsWithoutItsStore_andServesRecordsAndHealth() throws Exception {
    proxy.close();
    try (LogbridgeServer alone = start(proxy.uri())) {
      assertThat(readsTheRecord(alone)).isTrue();
      assertThat(get(alone.operationsPort(), "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(alone.operationsPort(), "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  private boolean readsTheRecord(LogbridgeServer server) {
    ManagedChannel channel = Face.channel(server.port());
    try {
      return ResultsGrpc.newBlockingStub(channel)
          .getRecord(
              GetRecordRequest.newBuilder().setName(name.replace("/logs/", "/records/")).build())
          .getData()
          .getValue()
          .toStringUtf8()
          .contains(longest.name());
    } finally {
      channel.shutdownNow();
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    }
  }
}
