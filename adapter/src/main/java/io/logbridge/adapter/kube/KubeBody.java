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
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream out;

  /**
   * Does not send yet; the headers of the response must be there by then.
   *
   * @param zipped whether the client takes gzip
   */
  KubeBody(ServerResponse response, boolean zipped) {
    this.response = response;
    this.zipped = zipped;
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
