// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.stream.CancelledException;
import io.logbridge.adapter.stream.LogSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends chunks as the body of an HTTP response. The status goes out with the first chunk, so a
 * failure before it can still choose another.
 */
public final class HttpLogSink implements LogSink {

  private static final int ZIP_BUFFER = 8 * 1024;

  private final ServerResponse response;
  private final String contentType;
  private final boolean settled;
  private final boolean zipped;
  private @Nullable OutputStream body;
  private @Nullable String warning;
  private Runnable listener = () -> {};
  private long bytes;
  private byte last = '\n';

  /**
   * Does not send yet.
   *
   * @param settled whether the log is final
   * @param zipped whether the client wants it with gzip
   */
  public HttpLogSink(ServerResponse response, String contentType, boolean settled, boolean zipped) {
    this.response = response;
    this.contentType = contentType;
    this.settled = settled;
    this.zipped = zipped;
  }

  /** How many bytes have been sent. */
  public long bytes() {
    return bytes;
  }

  /** Says who is to know of each chunk that has been sent. */
  void tells(Runnable sent) {
    listener = sent;
  }

  /** Whether the status has gone out. */
  boolean isCommitted() {
    return body != null;
  }

  @Override
  public void warn(String what) {
    warning = what;
  }

  @Override
  public void write(byte[] chunk) {
    last = chunk[chunk.length - 1];
    bytes += chunk.length;
    send(out -> {
      out.write(chunk);
      out.flush(); // without it nothing is sent before a buffer of the server is full
    });
    listener.run();
  }

  /** Sends a line of ours, on a line of its own also if what was sent last ended within one. */
  void writeLine(String line) {
    write(((last == '\n' ? "" : "\n") + line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Ends the response as a success.
   *
   * @throws CancelledException if the client has gone away
   */
  void complete() {
    if (isCommitted()) {
      send(OutputStream::close);
    } else {
      headers();
      response.send(new byte[0]);
    }
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

  private OutputStream body() throws IOException {
    OutputStream out = body;
    if (out == null) {
      headers();
      if (zipped) {
        response.header(HeaderValues.create(HeaderNames.CONTENT_ENCODING, "gzip"));
        out = new GZIPOutputStream(response.outputStream(), ZIP_BUFFER, true);
      } else {
        out = response.outputStream();
      }
      body = out;
    }
    return out;
  }

  private void headers() {
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType));
    response.header(HeaderValues.create("X-Content-Type-Options", "nosniff"));
    if (warning != null) {
      response.header(HeaderValues.create(LogResponses.WARNING, warning));
    }
    if (!settled) {
      response.header(HeaderValues.create(LogResponses.SETTLED, "false"));
    }
  }
}
