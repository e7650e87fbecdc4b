// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.ContentTooLongException;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.nio.ContentDecoder;

/**
 * The body of an answer, kept in pieces: an array that grows until it holds a page would be copied
 * again and again, and is so large that the collector treats it as a special case.
 */
final class PiecedEntity extends AbstractHttpEntity {

  private static final int PIECE = 64 * 1024;

  private final int limit;
  private final List<ByteBuffer> pieces = new ArrayList<>();
  private ByteBuffer last = ByteBuffer.allocate(0);
  private int length;

  /**
   * An empty body.
   *
   * @param limit how long it may become
   */
  PiecedEntity(int limit) {
    this.limit = limit;
  }

  /**
   * Takes what there is to read now.
   *
   * @throws ContentTooLongException if that is too much
   */
  void read(ContentDecoder decoder) throws IOException {
    int read;
    do {
      if (!last.hasRemaining()) {
        last = ByteBuffer.allocate(PIECE);
        pieces.add(last);
      }
      read = decoder.read(last);
      length += Math.max(0, read);
      check(length);
    } while (read > 0);
  }

  /**
   * Checks a length that has been announced.
   *
   * @throws ContentTooLongException if it is too much
   */
  void check(long announced) throws ContentTooLongException {
    if (announced > limit) {
      throw new ContentTooLongException("length: " + announced + " (expected: <= " + limit + ")");
    }
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  /** From the beginning; can be marked, tells all that is left as available, and never blocks. */
  @Override
  public InputStream getContent() {
    return new Content();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    getContent().transferTo(out);
  }

  private final class Content extends InputStream {

    private int position;
    private int mark;

    @Override
    public int read() {
      return position == length ? -1 : pieces.get(position / PIECE).get(position++ % PIECE) & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int wanted) {
      if (position == length) {
        return wanted == 0 ? 0 : -1;
      }
      int from = position % PIECE;
      int count = Math.min(Math.min(wanted, PIECE - from), available());
      pieces.get(position / PIECE).get(from, to, offset, count);
      position += count;
      return count;
    }

    @Override
    public long skip(long count) {
      int skipped = Math.clamp(count, 0, available());
      position += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return length - position;
    }

    @Override
    public boolean markSupported() {
      return true;
    }

    @Override
    public void mark(int readLimit) {
      mark = position;
    }

    @Override
    public void reset() {
      position = mark;
    }
  }
}
