// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.Secret;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class StoreHttpTest {

  private static final Duration CEILING = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 1 << 20;
  private static final StoreRequest ECHO = StoreRequest.get("echo", "/echo");
  private static final AnswerReader<String> TEXT =
      answer -> new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);

  /** As a parser does. */
  private static final AnswerReader<Integer> CLOSING =
      answer -> {
        try (InputStream body = answer.body()) {
          return body.readAllBytes().length;
        }
      };

  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
  private HttpServer server;
  private FaultProxy proxy;
  private StoreHttp http;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/base/echo", this::echo);
    server.createContext("/base/long", exchange -> answer(exchange, new byte[4 * MAX_ANSWER]));
    server.createContext("/base/zip", exchange -> answerZipped(exchange, new byte[4 * MAX_ANSWER]));
    server.createContext("/base/small-zip", exchange -> answerZipped(exchange, new byte[10]));
    server.start();
    proxy = FaultProxy.start(address());
    http = open(new Credentials.None());
  }

  @AfterEach
  void stop() {
    proxy.heal();
    http.close();
    proxy.close();
    server.stop(0);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private StoreHttp open(Credentials credentials) {
    return open(proxy.uri(), credentials);
  }

  private static StoreHttp open(URI address, Credentials credentials) {
    Connection connection =
        new Connection(
            URI.create(address + "/base/"),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            true,
            null,
            credentials);
    return new StoreHttp("Store", connection, MAX_ANSWER);
  }

  @Test
  void request_isSentAsItIsMade() throws Exception {
    StoreRequest request =
        StoreRequest.post("echo", "/echo")
            .parameter("query", "{a=\"b & c\"}")
            .parameter("query", "+")
            .field("search", "x=1&y")
            .header("X-Mark", "mark");

    assertThat(http.call(request, inTime(), TEXT))
        .isEqualTo(
            "POST /base/echo?query=%7Ba%3D%22b%20%26%20c%22%7D&query=%2B mark null"
                + " application/x-www-form-urlencoded search=x%3D1%26y");
  }

  @Test
  void credential_isSentWithEachRequestAsItIsThen(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "one\n");
    try (StoreHttp own = open(new Credentials.Token("Splunk", Secret.inFile(file)))) {
      assertThat(own.call(ECHO, inTime(), TEXT)).contains("null Splunk one");
      Files.writeString(file, "two\n");
      assertThat(own.call(ECHO, inTime(), TEXT)).contains("null Splunk two");
    }
    try (StoreHttp own = open(new Credentials.Basic("me", Secret.of("pass")))) {
      assertThat(own.call(ECHO, inTime(), TEXT)).contains("Basic bWU6cGFzcw==");
    }
  }

  @Test
  void credentialThatFitsNoHeader_isNotShown() {
    try (StoreHttp own = open(new Credentials.Token("Bearer", Secret.of("hidden\nhidden")))) {
      LogBackendException failure = failure(own, ECHO, inTime());

      assertThat(failure.reason()).isEqualTo(Reason.ACCESS_DENIED);
      assertThat(failure).hasMessageNotContaining("hidden").hasNoCause();
    }
  }

  @Test
  void credentialFileThatIsGone_isNamed() {
    try (StoreHttp own =
        open(new Credentials.Token("Bearer", Secret.inFile(Path.of("/nowhere/token"))))) {
      LogBackendException failure = failure(own, ECHO, inTime());

      assertThat(failure.reason()).isEqualTo(Reason.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("/nowhere/token");
    }
  }

  @Test
  void connections_areUsedAgain() throws Exception {
    try (StoreHttp own = open(address(), new Credentials.None())) {
      for (int i = 0; i < 20; i++) {
        own.call(ECHO, inTime(), TEXT);
        own.call(StoreRequest.get("zip", "/small-zip"), inTime(), TEXT);
        int read = own.call(StoreRequest.get("zip", "/small-zip"), inTime(), CLOSING);
        assertThat(read).isEqualTo(10);
      }
      assertThat(clients).hasSize(1);
    }
  }

  @Test
  void longAnswer_isBrokenOff() {
    assertThatExceptionOfType(AnswerTooLongException.class)
        .isThrownBy(() -> http.call(StoreRequest.get("long", "/long"), inTime(), TEXT))
        .withMessageContaining("Store long")
        .satisfies(e -> assertThat(e.limit()).isEqualTo(MAX_ANSWER));
  }

  @Test
  void answerThatIsLongWhenDecompressed_isBrokenOff() {
    assertThatExceptionOfType(AnswerTooLongException.class)
        .isThrownBy(() -> http.call(StoreRequest.get("zip", "/zip"), inTime(), TEXT));
  }

  @Test
  void compressedAnswer_isDecompressed() throws Exception {
    assertThat(http.call(StoreRequest.get("zip", "/small-zip"), inTime(), TEXT)).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource({
    "400, BAD_QUERY",
    "401, ACCESS_DENIED",
    "403, ACCESS_DENIED",
    "404, BAD_QUERY",
    "408, TIMED_OUT",
    "429, THROTTLED",
    "302, MALFORMED",
    "418, MALFORMED",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE",
  })
  void refusal_hasTheReasonOfItsStatus(int status, Reason reason) {
    proxy.inject(
        new Fault.Answer(
            HttpAnswer.of(status, "text/plain", "detail").withHeader("Retry-After", "7")));
    LogBackendException failure =
        catchThrowableOfType(
            LogBackendException.class,
            () -> http.call(ECHO, inTime(), answer -> throwRefusal(answer)));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessage("Store echo: status " + status);
    assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "HANG_UP", "RESET_IN_BODY", "HANG_UP_IN_BODY"})
  void brokenConnection_isUnavailable(Fault.Break how) throws Exception {
    proxy.inject(how);
    assertThat(failure(http, ECHO, inTime()).reason()).isEqualTo(Reason.UNAVAILABLE);
    proxy.heal();
    assertThat(http.call(ECHO, inTime(), TEXT)).startsWith("GET");
  }

  @Test
  void refusedConnection_isUnavailable() {
    proxy.refuseConnections();

    assertThat(failure(http, ECHO, inTime()))
        .hasMessage("Store echo: the connection is refused")
        .extracting(LogBackendException::reason)
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void silence_endsAtTheDeadline(Fault.Break silence) throws Exception {
    proxy.inject(silence);

    // On a slow machine the time may be up before there is a request that could be given up.
    for (long millis = 200; proxy.faults() == 0; millis *= 2) {
      LogBackendException failure = failure(http, ECHO, Deadline.after(Duration.ofMillis(millis)));

      assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(failure).hasMessageContaining("Store echo: no answer within ");
    }
    assertThat(proxy.awaitAbort(CEILING)).as("the request is given up").isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void interrupt_givesUpTheRequest(Fault.Break silence) throws Exception {
    proxy.inject(silence);
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outcome.complete(http.call(ECHO, inTime(), TEXT));
              } catch (Exception e) {
                outcome.completeExceptionally(e);
              }
            });
    assertThat(proxy.awaitFaults(1, CEILING)).isTrue();
    thread.interrupt();

    assertThat(cause(outcome)).isInstanceOf(InterruptedException.class);
    assertThat(proxy.awaitAbort(CEILING)).as("the request is given up").isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL", "STALL_IN_BODY"})
  void close_breaksOffWhatIsUnderWay(Fault.Break silence) throws Exception {
    proxy.inject(silence);
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            outcome.complete(http.call(ECHO, inTime(), TEXT));
          } catch (Exception e) {
            outcome.completeExceptionally(e);
          }
        });
    assertThat(proxy.awaitFaults(1, CEILING)).isTrue();
    http.close();

    assertThat(cause(outcome)).hasMessage("Store echo: the backend is closed");
    assertThat(proxy.awaitNoConnections(CEILING)).isTrue();
    assertThat(failure(http, ECHO, inTime())).hasMessage("Store echo: the backend is closed");
  }

  @Test
  void answerThatIsNotUnderstood_isNotQuoted() {
    LogBackendException failure =
        catchThrowableOfType(
            LogBackendException.class,
            () ->
                http.call(
                    ECHO,
                    inTime(),
                    answer -> {
                      throw new IOException("quotes " + TEXT.read(answer));
                    }));

    assertThat(failure.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(failure).hasNoCause().hasMessage("Store echo: the answer is not what it should be");
  }

  private static String throwRefusal(StoreAnswer answer) {
    throw Refusals.of(answer);
  }

  private static LogBackendException failure(StoreHttp http, StoreRequest request, Deadline at) {
    return catchThrowableOfType(LogBackendException.class, () -> http.call(request, at, TEXT));
  }

  private static Throwable cause(CompletableFuture<?> outcome) throws Exception {
    try {
      outcome.get(CEILING.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("succeeded (expected: a failure)");
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static Deadline inTime() {
    return Deadline.after(CEILING);
  }

  private void echo(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String text =
        String.join(
            " ",
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("X-Mark"),
            exchange.getRequestHeaders().getFirst("Authorization"),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            body);
    answer(exchange, text.getBytes(StandardCharsets.UTF_8));
  }

  private void answerZipped(HttpExchange exchange, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(body);
    }
    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
    answer(exchange, bytes.toByteArray());
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    clients.add(exchange.getRemoteAddress());
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
