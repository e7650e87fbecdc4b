// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Exchanges requests with one store. Every exchange ends at its deadline, at the request timeout,
 * and when its thread is interrupted; its connection is closed then, upon which the store stops
 * working on it. Safe for use by many threads.
 */
public final class StoreHttp implements AutoCloseable {

  private static final String USER_AGENT =
      "logbridge/"
          + Optional.ofNullable(StoreHttp.class.getPackage().getImplementationVersion())
              .orElse("dev");

  private final String store;
  private final Connection connection;
  private final String base;
  private final long maxAnswer;
  private final HttpClient http;
  private volatile boolean closed;

  /**
   * Does no I/O.
   *
   * @param store the kind of store, for messages: {@code Loki}
   * @param maxAnswer how many bytes of an answer are accepted, decompressed
   */
  public StoreHttp(String store, Connection connection, long maxAnswer) {
    this.store = store;
    this.connection = connection;
    this.base =
        connection.url().getScheme()
            + "://"
            + connection.url().getRawAuthority()
            + StoreUrl.path(connection.url());
    this.maxAnswer = maxAnswer;
    this.http = client(connection);
  }

  private static HttpClient client(Connection connection) {
    // One request to a connection: giving one up closes what no other uses.
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connection.connectTimeout())
            .executor(Thread::startVirtualThread);
    if (connection.tls() != null) {
      builder.sslContext(connection.tls());
    }
    return builder.build();
  }

  /**
   * Sends a request and reads its answer, whatever its status.
   *
   * @throws LogBackendException if the store cannot be reached, does not answer in time, or answers
   *     what the reader cannot understand; and what the reader throws
   * @throws AnswerTooLongException if the answer is longer than is accepted
   */
  public <T> T call(StoreRequest request, Deadline deadline, AnswerReader<T> reader)
      throws AnswerTooLongException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Deadline limit = deadline.orAfter(connection.requestTimeout());
    if (limit.isExpired()) {
      throw timedOut(request, Duration.ZERO);
    }
    Duration wait = limit.remaining();
    HttpResponse<AnswerBody> response = exchange(request, limit, wait);
    try (AnswerBody body = response.body()) {
      return read(request, response, reader, wait);
    }
  }

  /** Sends a request whose answer does not matter; neither blocks nor throws. */
  public void send(StoreRequest request) {
    try {
      HttpRequest message = message(request).timeout(connection.requestTimeout()).build();
      CompletableFuture<?> _ = http.sendAsync(message, BodyHandlers.discarding());
    } catch (LogBackendException _) {
      // What could not be given back expires by itself.
    }
  }

  private HttpResponse<AnswerBody> exchange(StoreRequest request, Deadline limit, Duration wait)
      throws InterruptedException {
    CompletableFuture<HttpResponse<AnswerBody>> answer =
        http.sendAsync(message(request).build(), _ -> new AnswerBody(limit));
    try {
      return answer.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw unreachable(request, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException _) {
      giveUp(answer);
      throw timedOut(request, wait);
    } catch (InterruptedException e) {
      giveUp(answer);
      throw e;
    }
  }

  private static void giveUp(CompletableFuture<HttpResponse<AnswerBody>> answer) {
    answer.cancel(true);
    // It may have come in the same moment.
    CompletableFuture<?> _ = answer.thenAccept(response -> response.body().close());
  }

  private <T> T read(
      StoreRequest request,
      HttpResponse<AnswerBody> response,
      AnswerReader<T> reader,
      Duration wait)
      throws AnswerTooLongException, InterruptedException {
    AnswerBody body = response.body();
    try {
      boolean gzip = response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
      InputStream plain = gzip ? new GZIPInputStream(body, 8192) : body;
      BoundedInputStream bounded = new BoundedInputStream(plain, maxAnswer);
      try {
        return readToTheEnd(request, response, reader, bounded);
      } catch (IOException | JacksonException e) {
        if (bounded.isExceeded()) {
          throw new AnswerTooLongException(asked(request), maxAnswer);
        }
        throw e;
      }
    } catch (IOException | JacksonException _) {
      throw bodyFailure(request, body.failure(), wait);
    }
  }

  private <T> T readToTheEnd(
      StoreRequest request,
      HttpResponse<AnswerBody> response,
      AnswerReader<T> reader,
      InputStream plain)
      throws IOException {
    T result =
        reader.read(
            new StoreAnswer(
                asked(request), response.statusCode(), response.headers(), new KeptOpen(plain)));
    // Decompression ends before the body does, which has to end for its connection to be used on.
    if (plain.read() < 0) {
      response.body().read();
    }
    return result;
  }

  /** A parser closes what it has read to the end; here that is the exchange's business. */
  private static final class KeptOpen extends FilterInputStream {

    KeptOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }

  private LogBackendException bodyFailure(
      StoreRequest request, @Nullable IOException failure, Duration wait)
      throws InterruptedException {
    return switch (failure) {
      case AnswerBody.LateException _ -> timedOut(request, wait);
      case AnswerBody.BrokenException e -> unreachable(request, e.getCause());
      case InterruptedIOException _ -> throw new InterruptedException();
      // Not the parser's exception: its message quotes the answer.
      case null, default ->
          new LogBackendException(
              Reason.MALFORMED, asked(request) + ": the answer is not what it should be");
    };
  }

  private HttpRequest.Builder message(StoreRequest request) {
    HttpRequest.Builder message = HttpRequest.newBuilder(URI.create(base + request.target()));
    if (request.form().isEmpty()) {
      message.method(request.method(), BodyPublishers.noBody());
    } else {
      String form = StoreRequest.encode(request.form());
      message
          .method(request.method(), BodyPublishers.ofString(form))
          .header("Content-Type", "application/x-www-form-urlencoded");
    }
    message.header("User-Agent", USER_AGENT).header("Accept", "application/json");
    if (connection.compression()) {
      message.header("Accept-Encoding", "gzip");
    }
    request.headers().forEach(header -> message.header(header.name(), header.value()));
    authorization(request).ifPresent(value -> authorize(request, message, value));
    return message;
  }

  private Optional<String> authorization(StoreRequest request) {
    Credentials own = request.credentials();
    try {
      return (own == null ? connection.credentials() : own).header();
    } catch (UncheckedIOException e) {
      throw new LogBackendException(
          Reason.ACCESS_DENIED, asked(request) + ": " + e.getMessage(), e);
    }
  }

  private void authorize(StoreRequest request, HttpRequest.Builder message, String value) {
    try {
      message.header("Authorization", value);
    } catch (IllegalArgumentException _) {
      // Not the cause: it quotes the value.
      throw new LogBackendException(
          Reason.ACCESS_DENIED,
          asked(request) + ": the credential does not fit a header (expected: one line of ASCII)");
    }
  }

  private LogBackendException unreachable(StoreRequest request, @Nullable Throwable cause) {
    if (closed) {
      return new LogBackendException(
          Reason.UNAVAILABLE, asked(request) + ": the backend is closed");
    }
    return Unreachable.of(asked(request), cause);
  }

  private LogBackendException timedOut(StoreRequest request, Duration wait) {
    return new LogBackendException(
        Reason.TIMED_OUT, asked(request) + ": no answer within " + wait.toMillis() + " ms");
  }

  private String asked(StoreRequest request) {
    return store + " " + request.name();
  }

  /** Breaks off what is under way and closes all connections. */
  @Override
  public void close() {
    closed = true;
    http.shutdownNow();
  }
}
