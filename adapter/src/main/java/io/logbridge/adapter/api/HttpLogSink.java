// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.stream.CancelledException;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends chunks as the body of an HTTP response. The status goes out with the first chunk, so a
 * failure before it can still choose another.
 */
final class HttpLogSink implements LogSink {

  private final ServerResponse response;
  private final LogPlan plan;
  private @Nullable OutputStream body;
  private long bytes;

  HttpLogSink(ServerResponse response, LogPlan plan) {
    this.response = response;
    this.plan = plan;
  }

  long bytes() {
    return bytes;
  }

  /** Whether the status has gone out. */
  boolean isCommitted() {
    return body != null;
  }

  @Override
  public void write(byte[] chunk) {
    send(out -> {
      out.write(chunk);
      out.flush(); // without it nothing is sent before a buffer of the server is full
    });
    bytes += chunk.length;
  }

  /**
   * Ends the response as a success.
   *
   * @throws CancelledException if the client has gone away
   */
  void complete() {
    send(OutputStream::close);
  }

  @FunctionalInterface
  private interface Sending {
    void to(OutputStream out) throws IOException;
  }

  private void send(Sending sending) {
    try {
      sending.to(body());
    } catch (IOException | UncheckedIOException | CloseConnectionException e) {
      throw new CancelledException("the client has closed the connection", e);
    }
  }

  private OutputStream body() {
    OutputStream out = body;
    if (out == null) {
      response.header(
          HeaderValues.create(HeaderNames.CONTENT_TYPE, plan.options().format().contentType()));
      response.header(HeaderValues.create("X-Content-Type-Options", "nosniff"));
      if (!plan.settled()) {
        response.header(HeaderValues.create(LogResponses.SETTLED, "false"));
      }
      out = response.outputStream();
      body = out;
    }
    return out;
  }
}
