// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is answered. */
@SuppressWarnings("ArrayRecordComponent") // sent once, and never compared
record FakeAnswer(int status, String contentType, byte[] body) {

  static final FakeAnswer NO_CONTENT = new FakeAnswer(204, "", new byte[0]);

  static FakeAnswer text(String text) {
    return new FakeAnswer(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  void send(HttpExchange exchange) throws IOException {
    if (!contentType.isEmpty()) {
      exchange.getResponseHeaders().add("Content-Type", contentType);
    }
    if (body.length == 0) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
