// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** As much of HTTP/1.1 as a proxy for tests needs. */
final class HttpWire {

  /** Headers that are about one connection, not about the message. */
  static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  private static final int MAX_LINE = 65_536;
  private static final int HEX = 16;

  private HttpWire() {}

  /** A request and its body. */
  record Request(ProxiedRequest head, ByteArrayOutputStream body) {}

  /** The next request, or {@code null} at the end of the connection. */
  static @Nullable Request readRequest(InputStream in) throws IOException {
    String start = readLine(in);
    if (start == null) {
      return null;
    }
    String[] parts = start.split(" ", -1);
    Map<String, List<String>> headers = readHeaders(in);
    ByteArrayOutputStream body = readBody(in, headers);
    return new Request(
        new ProxiedRequest(parts[0], parts[1], headers, body.toString(StandardCharsets.UTF_8)),
        body);
  }

  /** Status line and headers of an answer with a body of this length. */
  static byte[] head(HttpAnswer answer, int length) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " -\r\n");
    answer
        .headers()
        .forEach((name, values) -> {
          if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> head.append(name + ": " + value + "\r\n"));
          }
        });
    if (answer.mayHaveBody()) {
      head.append("Content-Length: " + length + "\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Map<String, List<String>> readHeaders(InputStream in) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static ByteArrayOutputStream readBody(InputStream in, Map<String, List<String>> headers)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (headers.containsKey("transfer-encoding")) {
      readChunks(in, bytes);
    } else {
      String length = headers.getOrDefault("content-length", List.of("0")).getFirst();
      copy(in, Integer.parseInt(length), bytes);
    }
    return bytes;
  }

  private static void readChunks(InputStream in, ByteArrayOutputStream bytes) throws IOException {
    int size;
    do {
      String line = readLine(in);
      if (line == null) {
        throw new EOFException("within a chunked body");
      }
      size = Integer.parseInt(line.replaceAll(";.*", "").strip(), HEX);
      copy(in, size, bytes);
      readLine(in);
    } while (size > 0);
  }

  private static void copy(InputStream in, int length, ByteArrayOutputStream out)
      throws IOException {
    byte[] part = in.readNBytes(length);
    if (part.length < length) {
      throw new EOFException("body of " + part.length + " bytes (expected: " + length + ")");
    }
    out.writeBytes(part);
  }

  /** A line without its end, or {@code null} at the end of the stream. */
  private static @Nullable String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("line of more than " + MAX_LINE + " bytes");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
