// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param parameters of the query and, in a form, of the body
 */
@SuppressWarnings("ArrayRecordComponent") // read once, and never compared
record FakeRequest(
    String method,
    String path,
    Map<String, String> parameters,
    byte[] body,
    HttpExchange exchange) {

  private static final int SECONDS_DIGITS = 10;

  static FakeRequest of(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> parameters = new HashMap<>();
    decode(exchange.getRequestURI().getRawQuery(), parameters);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if ("application/x-www-form-urlencoded".equals(type)) {
      decode(new String(body, StandardCharsets.UTF_8), parameters);
    }
    return new FakeRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        parameters,
        body,
        exchange);
  }

  private static void decode(@Nullable String pairs, Map<String, String> parameters) {
    if (pairs == null || pairs.isEmpty()) {
      return;
    }
    for (String pair : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.putIfAbsent(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  String header(String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /** The end of the window: now if it is not given. */
  long end() {
    String end = parameter("end");
    return end.isEmpty() ? now() : nanos("end", end);
  }

  /** The start of the window: so long before its end if it is not given. */
  long start(Duration before) {
    String start = parameter("start");
    long nanos = start.isEmpty() ? end() - before.toNanos() : nanos("start", start);
    if (end() < nanos) {
      throw Refused.badRequest("end timestamp must not be before or equal to start time");
    }
    return nanos;
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /**
   * Up to ten digits are seconds, more are nanoseconds; or seconds with a fraction; or RFC 3339.
   */
  static long nanos(String name, String text) {
    try {
      if (text.matches("\\d+")) {
        long number = Long.parseLong(text);
        return text.length() <= SECONDS_DIGITS ? number * 1_000_000_000L : number;
      }
      if (text.matches("\\d+\\.\\d+")) {
        return new BigDecimal(text).movePointRight(9).longValue();
      }
      Instant instant = Instant.parse(text);
      return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    } catch (DateTimeException | NumberFormatException _) {
      throw Refused.badRequest("could not parse '" + name + "' parameter: " + text);
    }
  }
}
