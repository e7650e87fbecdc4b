// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A REST response body over HTTP/2 that is written only as far as the window allows.
 *
 * <p>Helidon keeps the first write back, so that a body of one write gets a Content-Length. That is
 * left to it up to one frame; a longer first write is sent in frames at once, without.
 *
 * <p>A write to a client that has left or takes nothing throws {@link CloseConnectionException},
 * which Helidon turns into RST_STREAM: a body that was cut never looks complete.
 *
 * <p>For one thread, the stream's.
 */
final class GatedOutputStream extends OutputStream {

  private static final int FRAME = 16_384;

  private final OutputStream target;
  private final StreamGate gate;
  private boolean begun;
  private int keptBack;

  GatedOutputStream(OutputStream target, StreamGate gate) {
    this.target = target;
    this.gate = gate;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!begun && length <= FRAME) {
      begun = true;
      keptBack = length;
      target.write(bytes, offset, length);
      return;
    }
    sendKeptBack();
    int at = offset;
    int end = offset + length;
    while (at < end) {
      at += writePiece(bytes, at, end - at);
    }
  }

  private int writePiece(byte[] bytes, int at, int left) throws IOException {
    int size = reserve(left);
    try {
      target.write(bytes, at, size);
      if (!begun) {
        begun = true;
        target.flush();
      }
    } finally {
      gate.release(size);
    }
    return size;
  }

  @Override
  public void flush() throws IOException {
    sendKeptBack();
    target.flush();
  }

  /**
   * The response is written when its handler has returned: until then the window stays reserved.
   */
  @Override
  public void close() throws IOException {
    if (keptBack > 0) {
      gate.hold(reserve(keptBack));
      keptBack = 0;
    }
    target.close();
  }

  private void sendKeptBack() throws IOException {
    if (keptBack > 0) {
      int size = reserve(keptBack);
      keptBack = 0;
      try {
        target.flush();
      } finally {
        gate.release(size);
      }
    }
  }

  private int reserve(int wanted) {
    try {
      return gate.reserve(wanted);
    } catch (WriteRefusedException e) {
      throw new CloseConnectionException(
          e.getMessage(), new Http2Exception(Http2ErrorCode.CANCEL, "the body is cut here", e));
    }
  }
}
