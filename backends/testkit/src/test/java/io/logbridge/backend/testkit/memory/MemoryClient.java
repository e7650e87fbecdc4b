// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.memory;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP to the store; turns everything that goes wrong into a {@link Reason}. */
final class MemoryClient implements AutoCloseable {

  private final URI address;
  private final String credential;
  private final HttpClient http = HttpClient.newHttpClient();

  MemoryClient(URI address, String credential) {
    this.address = address;
    this.credential = credential;
  }

  /**
   * Asks for a page; blocks until it is there, the deadline passes or the thread is interrupted.
   */
  String get(MemoryWire.Request request, Deadline deadline) throws InterruptedException {
    return send(message(request).GET().build(), deadline);
  }

  /** Deletes lines; blocks as {@link #get} does. */
  void post(MemoryWire.Request request, Deadline deadline) throws InterruptedException {
    send(message(request).POST(BodyPublishers.noBody()).build(), deadline);
  }

  private String send(HttpRequest request, Deadline deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (deadline.isExpired()) {
      throw new LogBackendException(Reason.TIMED_OUT, "no time left to ask " + address);
    }
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, BodyHandlers.ofString());
    try {
      return body(answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new LogBackendException(Reason.TIMED_OUT, address + " did not answer in time", e);
    } catch (ExecutionException e) {
      throw new LogBackendException(Reason.UNAVAILABLE, address + " cannot be reached", e);
    } finally {
      answer.cancel(true);
    }
  }

  /** Gives a cursor back without waiting for the answer. */
  void delete(MemoryWire.Request request) {
    var _ = http.sendAsync(message(request).DELETE().build(), BodyHandlers.discarding());
  }

  private HttpRequest.Builder message(MemoryWire.Request request) {
    return HttpRequest.newBuilder(address.resolve("/lines?" + request.toQuery()))
        .header("Authorization", "Bearer " + credential);
  }

  private String body(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status == 200
        && response.headers().firstValue("Content-Type").orElse("").equals(MemoryWire.TYPE)) {
      return response.body();
    }
    Reason reason =
        switch (status) {
          case 200 -> Reason.MALFORMED;
          case 400 -> Reason.BAD_QUERY;
          case 401, 403 -> Reason.ACCESS_DENIED;
          case 404 -> Reason.INCOMPLETE;
          case 429 -> Reason.THROTTLED;
          default -> Reason.UNAVAILABLE;
        };
    throw new LogBackendException(
        reason, address + " answered " + status, retryAfter(response), null);
  }

  private static @Nullable Duration retryAfter(HttpResponse<String> response) {
    String value = response.headers().firstValue("Retry-After").orElse("");
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(Instant.now(), at);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
