// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;

/**
 * The body of an answer that is written as it is made. Up to a size it is held, so that what fails
 * early fails with a status; what is larger goes out in pieces, with gzip if the client takes that.
 */
public final class HeldBody extends OutputStream {

  /** That from which on Kubernetes compresses. */
  private static final int HELD = 128 * 1024;

  private final ServerResponse response;
  private final boolean zipped;
  private final boolean live;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream out;

  private HeldBody(ServerResponse response, boolean zipped, boolean live) {
    this.response = response;
    this.zipped = zipped;
    this.live = live;
  }

  /**
   * A body that is sent when there is enough of it; the headers of the response must be there then.
   *
   * @param zipped whether the client takes gzip
   */
  public static HeldBody held(ServerResponse response, boolean zipped) {
    return new HeldBody(response, zipped, false);
  }

  /** A body of which everything is sent when it is flushed. */
  public static HeldBody live(ServerResponse response) {
    return new HeldBody(response, false, true);
  }

  /** Writes what the body is made of. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Sends an answer. What is made of it before something fails never ends as an answer does that is
   * complete.
   *
   * @param brokenOff is told of what fails after the status has gone out
   * @throws CloseConnectionException if the client has gone away, or something has failed after the
   *     status had gone out
   * @throws RuntimeException what has failed before that; another answer can be sent then
   */
  public void send(Content content, Consumer<Failure> brokenOff) {
    try {
      content.writeTo(this);
      complete();
    } catch (IOException | UncheckedIOException | JacksonIOException | CloseConnectionException e) {
      throw new CloseConnectionException("the client has closed the connection", e);
    } catch (RuntimeException e) {
      if (out == null) {
        throw e;
      }
      brokenOff.accept(HttpAnswers.failure(e));
      throw new CloseConnectionException("the answer is not complete", e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b});
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (out == null && held.size() + length > HELD) {
      commit();
    }
    if (out == null) {
      held.write(bytes, offset, length);
    } else {
      out.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (!live) {
      return;
    }
    if (out == null) {
      commit();
    }
    if (out != null) {
      out.flush();
    }
  }

  private void commit() throws IOException {
    OutputStream body;
    if (zipped) {
      response.header(HeaderValues.create(HeaderNames.CONTENT_ENCODING, "gzip"));
      body = new GZIPOutputStream(response.outputStream());
    } else {
      body = response.outputStream();
    }
    out = body;
    held.writeTo(body);
  }

  /** Ends the response as a success. */
  private void complete() throws IOException {
    if (out == null) {
      response.send(held.toByteArray());
    } else {
      out.close();
    }
  }
}
