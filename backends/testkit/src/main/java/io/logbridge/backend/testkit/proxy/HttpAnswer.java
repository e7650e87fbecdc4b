// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A complete HTTP response: status, headers without regard to case, and the body as sent. */
public final class HttpAnswer {

  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public static HttpAnswer of(int status, Map<String, List<String>> headers, byte[] body) {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    return new HttpAnswer(status, copy, body.clone());
  }

  /** A response whose body is text. */
  public static HttpAnswer of(int status, String contentType, String body) {
    return of(
        status,
        Map.of("Content-Type", List.of(contentType)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** A response whose body is JSON. */
  public static HttpAnswer json(int status, String body) {
    return of(status, "application/json", body);
  }

  public int status() {
    return status;
  }

  /** Names and values; the names are found in any case. */
  public Map<String, List<String>> headers() {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    return copy;
  }

  /** A copy of the body, still in its {@code Content-Encoding}. */
  public byte[] body() {
    return body.clone();
  }

  /** This answer with one header more, or with another value for it. */
  public HttpAnswer withHeader(String name, String value) {
    Map<String, List<String>> more = headers();
    more.put(name, List.of(value));
    return of(status, more, body);
  }

  /** This answer with another body, which is in no {@code Content-Encoding}. */
  public HttpAnswer withBody(String text) {
    Map<String, List<String>> plain = headers();
    plain.remove("Content-Encoding");
    return of(status, plain, text.getBytes(StandardCharsets.UTF_8));
  }

  /** This answer with the first half of its body, as if it ended there. */
  public HttpAnswer cutInHalf() {
    return of(status, headers, Arrays.copyOf(body, body.length / 2));
  }

  boolean mayHaveBody() {
    return !WITHOUT_BODY.contains(status);
  }
}
