// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.json.SimpleJsonpMapper;
import co.elastic.clients.transport.TransportOptions;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.transport.endpoints.BinaryResponse;
import co.elastic.clients.transport.rest_client.RestClientOptions;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.http.BoundedInputStream;
import io.logbridge.backend.http.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.client.RequestOptions;
import tools.jackson.core.JacksonException;

/**
 * Exchanges requests with Elasticsearch. Every exchange ends at its deadline, at the request
 * timeout, and when its thread is interrupted; the request is aborted on the wire then, upon which
 * Elasticsearch stops working on it. Safe for use by many threads.
 */
final class StoreClient implements AutoCloseable {

  private static final String USER_AGENT = "logbridge/" + version();

  private static final BinaryEndpoint<StoreRequest> ENDPOINT =
      new BinaryEndpoint<>(
          "logbridge",
          StoreRequest::method,
          StoreRequest::path,
          _ -> Map.of(),
          StoreRequest::parameters,
          _ -> Map.of("Accept", "application/json"),
          StoreRequest::body,
          ErrorResponse._DESERIALIZER);

  private final RestClientTransport transport;
  private final Credentials credentials;
  private final Duration requestTimeout;
  private final int maxAnswer;
  private final AtomicLong started = new AtomicLong();
  private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
  private volatile boolean closed;

  StoreClient(ElasticsearchSettings settings) {
    RequestOptions.Builder options = RequestOptions.DEFAULT.toBuilder();
    options.setHttpAsyncResponseConsumerFactory(
        () -> new BoundedResponseConsumer(settings.paging().page().responseBytes()));
    options.addHeader("User-Agent", USER_AGENT);
    this.transport =
        new RestClientTransport(
            RestClients.create(settings),
            SimpleJsonpMapper.INSTANCE,
            new RestClientOptions(options.build(), false));
    this.credentials = settings.connection().credentials();
    this.maxAnswer = settings.paging().page().responseBytes();
    this.requestTimeout = settings.connection().requestTimeout();
  }

  /** Reads an answer on the thread that asked. */
  @FunctionalInterface
  interface AnswerParser<T> {
    /**
     * Reads to the end.
     *
     * @throws JacksonException if the answer is not the JSON that it should be
     */
    T parse(InputStream answer) throws IOException, ElasticsearchFailure;
  }

  /** A request that is under way: either its answer is read, or it is given up. */
  record Exchange(StoreRequest request, CompletableFuture<BinaryResponse> answer) {

    /** Aborts the request. */
    void giveUp() {
      if (!answer.cancel(true)) {
        CompletableFuture<?> _ = answer.whenComplete((response, _) -> discard(response));
      }
    }
  }

  /**
   * Sends a request and reads its answer.
   *
   * @throws ElasticsearchFailure for whatever goes wrong, timeouts included
   */
  <T> T call(StoreRequest request, Deadline deadline, AnswerParser<T> parser)
      throws ElasticsearchFailure, InterruptedException {
    return answer(begin(request, deadline), deadline, parser);
  }

  /** Sends a request; does not block. */
  Exchange begin(StoreRequest request, Deadline deadline) throws ElasticsearchFailure {
    if (deadline.isExpired()) {
      throw timedOut(request, Duration.ZERO);
    }
    return new Exchange(request, start(request));
  }

  /**
   * Reads the answer to a request that has been sent.
   *
   * @throws ElasticsearchFailure for whatever goes wrong, timeouts included
   */
  <T> T answer(Exchange exchange, Deadline deadline, AnswerParser<T> parser)
      throws ElasticsearchFailure, InterruptedException {
    StoreRequest request = exchange.request;
    try (BinaryResponse response = await(exchange, deadline);
        InputStream answer = bounded(response.content())) {
      return parser.parse(answer);
    } catch (IOException | JacksonException e) {
      if (e.getCause() instanceof BoundedInputStream.ExceededException tooLong) {
        throw FailureMapper.map(tooLong, asked(request));
      }
      // Not the cause: its message quotes the answer.
      throw ElasticsearchFailure.other(
          Reason.MALFORMED, asked(request) + ": the answer is not the JSON that it should be");
    }
  }

  /** Sends a request whose answer does not matter; neither blocks nor throws. */
  void send(StoreRequest request) {
    try {
      CompletableFuture<?> _ = start(request).whenComplete((response, _) -> discard(response));
    } catch (RuntimeException | ElasticsearchFailure _) {
      // What could not be given back expires by itself.
    }
  }

  /** One that can be read again has been bounded before; another is decompressed as it is read. */
  private InputStream bounded(InputStream content) {
    return content.markSupported() ? content : new BoundedInputStream(content, maxAnswer);
  }

  private BinaryResponse await(Exchange exchange, Deadline deadline)
      throws ElasticsearchFailure, InterruptedException {
    StoreRequest request = exchange.request;
    CompletableFuture<BinaryResponse> answer = exchange.answer;
    Duration wait = deadline.orAfter(requestTimeout).remaining();
    try {
      return answer.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw FailureMapper.map(e.getCause() == null ? e : e.getCause(), asked(request));
    } catch (CancellationException e) {
      throw FailureMapper.map(e, asked(request));
    } catch (TimeoutException _) {
      answer.cancel(true);
      throw timedOut(request, wait);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private CompletableFuture<BinaryResponse> start(StoreRequest request)
      throws ElasticsearchFailure {
    if (closed) {
      throw ElasticsearchFailure.other(
          Reason.UNAVAILABLE, asked(request) + ": the backend is closed");
    }
    CompletableFuture<BinaryResponse> answer =
        transport.performRequestAsync(request, ENDPOINT, options(request));
    Long number = started.incrementAndGet();
    underWay.put(number, answer);
    CompletableFuture<?> _ = answer.whenComplete((_, _) -> underWay.remove(number));
    if (closed) {
      answer.cancel(true);
    }
    return answer;
  }

  private TransportOptions options(StoreRequest request) throws ElasticsearchFailure {
    try {
      Optional<String> header = credentials.header();
      TransportOptions options = transport.options();
      return header.isEmpty()
          ? options
          : options.toBuilder().setHeader("Authorization", header.get()).build();
    } catch (UncheckedIOException e) {
      throw new ElasticsearchFailure(
          ElasticsearchFailure.Kind.OTHER,
          "",
          new LogBackendException(Reason.ACCESS_DENIED, asked(request) + ": " + e.getMessage(), e));
    }
  }

  private static ElasticsearchFailure timedOut(StoreRequest request, Duration wait) {
    return ElasticsearchFailure.other(
        Reason.TIMED_OUT, asked(request) + ": no answer within " + wait.toMillis() + " ms");
  }

  private static void discard(BinaryResponse response) {
    if (response != null) {
      try {
        response.close();
      } catch (IOException _) {
        // Nobody waits for it.
      }
    }
  }

  private static String asked(StoreRequest request) {
    return "Elasticsearch " + request.name();
  }

  private static String version() {
    return Optional.ofNullable(StoreClient.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }

  @Override
  public void close() {
    closed = true;
    underWay.values().forEach(answer -> answer.cancel(true));
    try {
      transport.close();
    } catch (IOException _) {
      // The connections are gone either way.
    }
  }
}
