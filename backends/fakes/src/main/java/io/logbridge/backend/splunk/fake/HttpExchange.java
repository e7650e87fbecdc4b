// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One request, and the way to answer it. */
final class HttpExchange {

  private final Socket socket;
  private final CountDownLatch gone = new CountDownLatch(1);

  final String method;
  final String path;
  final Map<String, String> headers;
  final String body;
  final Map<String, String> parameters = new HashMap<>();

  HttpExchange(
      Socket socket, String method, String target, Map<String, String> headers, String body) {
    this.socket = socket;
    this.method = method;
    this.headers = headers;
    this.body = body;
    int query = target.indexOf('?');
    this.path = query < 0 ? target : target.substring(0, query);
    decode(query < 0 ? "" : target.substring(query + 1));
    if (headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
      decode(body);
    }
  }

  private void decode(String pairs) {
    for (String pair : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
  }

  String parameter(String name, String otherwise) {
    return parameters.getOrDefault(name, otherwise);
  }

  /** Answers at once. */
  void answer(int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    OutputStream out = socket.getOutputStream();
    out.write(head(status, "Content-Length: " + bytes.length));
    out.write(bytes);
    out.flush();
  }

  /** Begins an answer that comes in parts; closing it ends the answer. */
  OutputStream stream() throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head(200, "Transfer-Encoding: chunked"));
    out.flush();
    return new BufferedOutputStream(new Chunks(out), 1 << 16);
  }

  private static byte[] head(int status, String header) {
    return ("HTTP/1.1 " + status + " -\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  void clientIsGone() {
    gone.countDown();
  }

  boolean isClientGone() {
    return gone.getCount() == 0;
  }

  private static final class Chunks extends OutputStream {

    private final OutputStream out;
    private boolean closed;

    Chunks(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes, offset, length);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    }
  }
}
