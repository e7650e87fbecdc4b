// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer of which status and headers are there and the body comes while it is read. Used by the
 * thread that asked, while its {@link AnswerReader} runs.
 */
public final class StoreAnswer {

  /** As much of a refusal as is read: the rest of a page of HTML tells nothing. */
  private static final int MAX_REFUSAL = 64 * 1024;

  private static final int OK = 200;
  private static final int REDIRECTION = 300;

  private final String asked;
  private final int status;
  private final HttpHeaders headers;
  private final InputStream body;

  StoreAnswer(String asked, int status, HttpHeaders headers, InputStream body) {
    this.asked = asked;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** What was asked, in words for a message: {@code Loki query_range}. */
  public String asked() {
    return asked;
  }

  public int status() {
    return status;
  }

  /** Whether the status is one of success. */
  public boolean isSuccess() {
    return status >= OK && status < REDIRECTION;
  }

  /** The first header with this name, in any case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** When to try again, from now, if the store says so. */
  public @Nullable Duration retryAfter() {
    return RetryAfter.of(header("Retry-After").orElse(null));
  }

  /** The body, decompressed. Closing it is the exchange's business. */
  public InputStream body() {
    return body;
  }

  /** The beginning of the body as text, to find out what kind of refusal it is; never to show. */
  public String text() throws IOException {
    return new String(body.readNBytes(MAX_REFUSAL), StandardCharsets.UTF_8);
  }
}
