// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is written as it is made. Up to a size it is held, so that what fails
 * early fails with a status; what is larger goes out in pieces, with gzip if the client takes that.
 */
final class KubeBody extends OutputStream {

  /** That from which on Kubernetes compresses. */
  private static final int HELD = 128 * 1024;

  private final ServerResponse response;
  private final boolean zipped;
  private final boolean live;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream out;

  private KubeBody(ServerResponse response, boolean zipped, boolean live) {
    this.response = response;
    this.zipped = zipped;
    this.live = live;
  }

  /**
   * A body that is sent when there is enough of it; the headers of the response must be there then.
   *
   * @param zipped whether the client takes gzip
   */
  static KubeBody held(ServerResponse response, boolean zipped) {
    return new KubeBody(response, zipped, false);
  }

  /** A body of which everything is sent when it is flushed. */
  static KubeBody live(ServerResponse response) {
    return new KubeBody(response, false, true);
  }

  /** Whether the status has gone out. */
  boolean isCommitted() {
    return out != null;
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
  void complete() throws IOException {
    if (out == null) {
      response.send(held.toByteArray());
    } else {
      out.close();
    }
  }
}
