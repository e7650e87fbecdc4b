// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FaultProxyTest {

  private static final Duration CEILING = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", FaultProxyTest::echo);
    server.start();
    proxy = FaultProxy.start(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    proxy.close();
    server.stop(0);
  }

  @Test
  void withoutAFault_everythingIsPassedOn() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(proxy.uri().resolve("/a/b?c=d%20e"))
            .header("X-Mark", "mark")
            .POST(BodyPublishers.ofString("body \u00e4"))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("POST /a/b?c=d%20e mark body \u00e4");
    assertThat(response.headers().firstValue("X-Store")).hasValue("echo");
    assertThat(proxy.requests()).isEqualTo(1);
    assertThat(proxy.faults()).isZero();
    assertThat(proxy.bodyBytes()).isEqualTo(response.body().length() + 1);
  }

  @Test
  void refusedConnections_areTakenAgainAfterwards() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(get()).isNotEmpty();
      proxy.refuseConnections();
      assertThatThrownBy(this::get).isInstanceOf(ConnectException.class);
      proxy.heal();
    }
    assertThat(get()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "HANG_UP", "RESET_IN_BODY", "HANG_UP_IN_BODY"})
  void brokenConnection_failsTheRequest(Fault.Break how) throws Exception {
    proxy.inject(how);
    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(proxy.faults()).isPositive();
    proxy.heal();
    assertThat(get()).isNotEmpty();
  }

  @Test
  void reset_isATcpReset() {
    proxy.inject(Fault.Break.RESET);
    assertThatThrownBy(this::get)
        .isInstanceOf(IOException.class)
        .rootCause()
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void nthRequest_isTheOnlyOneWithTheFault() throws Exception {
    proxy.injectAt(2, new Fault.Answer(HttpAnswer.json(503, "{}")));

    assertThat(get()).startsWith("GET");
    assertThat(get()).isEqualTo("{}");
    assertThat(get()).startsWith("GET");
    assertThat(proxy.faults()).isEqualTo(1);
  }

  @Test
  void faultForSomeRequests_leavesOthersAlone() throws Exception {
    proxy.inject(
        request -> request.path().equals("/other"), new Fault.Answer(HttpAnswer.json(500, "{}")));

    assertThat(get()).startsWith("GET");
  }

  @Test
  void rewrittenBody_isWellFramed() throws Exception {
    String whole = get();
    proxy.inject(new Fault.Rewrite(HttpAnswer::cutInHalf));

    assertThat(get()).isEqualTo(whole.substring(0, whole.length() / 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void stalledAnswer_comesWhenHealed(Fault.Break how) throws Exception {
    proxy.inject(how);
    CompletableFuture<HttpResponse<String>> answer = getAsync();
    assertThat(proxy.awaitFaults(1, CEILING)).isTrue();
    assertThat(answer).isNotDone();
    proxy.heal();

    assertThat(answer.get(20, TimeUnit.SECONDS).body()).startsWith("GET");
    assertThat(proxy.awaitAbort(Duration.ZERO)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void clientThatGivesUp_isNoticed(Fault.Break how) throws Exception {
    proxy.inject(how);
    CompletableFuture<HttpResponse<String>> answer = getAsync();
    assertThat(proxy.awaitFaults(1, CEILING)).isTrue();
    answer.cancel(true);

    assertThat(proxy.awaitAbort(CEILING)).isTrue();
    assertThat(proxy.awaitIdle(CEILING)).isTrue();
    assertThat(proxy.awaitNoConnections(CEILING)).isTrue();
  }

  @Test
  void clientThatClosesAfterItsAnswer_hasNotGivenUp() throws Exception {
    get();
    http.shutdownNow();

    assertThat(proxy.awaitNoConnections(CEILING)).isTrue();
    assertThat(proxy.awaitAbort(Duration.ZERO)).isFalse();
  }

  private String get() throws IOException, InterruptedException {
    return http.send(request(), BodyHandlers.ofString()).body();
  }

  private CompletableFuture<HttpResponse<String>> getAsync() {
    return http.sendAsync(request(), BodyHandlers.ofString());
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(proxy.uri().resolve("/path")).build();
  }

  private static void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String text =
          String.join(
              " ",
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("X-Mark"),
              body);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("X-Store", "echo");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
