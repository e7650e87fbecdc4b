// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of an answer, kept in pieces: an array that grows until it holds a page would be copied
 * again and again, and is so large that the collector treats it as a special case.
 *
 * <p>Filled by one thread at a time; safe for use by many when it is no longer filled.
 */
public final class Pieces {

  private static final int PIECE = 64 * 1024;

  private final List<byte[]> pieces = new ArrayList<>();

  /** What is left of the last piece. */
  private ByteBuffer room = ByteBuffer.allocate(0);

  /**
   * Takes what a stream has for one read.
   *
   * @return whether that was not the end of it
   */
  public boolean readFrom(InputStream in) throws IOException {
    ByteBuffer free = room();
    int read = in.read(pieces.getLast(), free.position(), free.remaining());
    free.position(free.position() + Math.max(0, read));
    return read >= 0;
  }

  /** Where to put what comes next; has room for one byte at least. */
  public ByteBuffer room() {
    if (!room.hasRemaining()) {
      byte[] piece = new byte[PIECE];
      pieces.add(piece);
      room = ByteBuffer.wrap(piece);
    }
    return room;
  }

  /** How many bytes there are. */
  public int length() {
    return pieces.isEmpty() ? 0 : (pieces.size() - 1) * PIECE + room.position();
  }

  /** What is from one position to before another, a character of 8 bits for each byte. */
  public String characters(int from, int to) {
    int start = from % PIECE;
    int count = Math.min(PIECE - start, to - from);
    if (count == 0) {
      return "";
    }
    String ofOnePiece =
        new String(pieces.get(from / PIECE), start, count, StandardCharsets.ISO_8859_1);
    return from + count == to ? ofOnePiece : ofOnePiece + characters(from + count, to);
  }

  /** From the beginning; can be marked, tells all that is left as available, and never blocks. */
  public InputStream content() {
    return new Content();
  }

  private final class Content extends InputStream {

    private final int length = length();
    private int position;
    private int mark;

    @Override
    public int read() {
      if (position == length) {
        return -1;
      }
      int read = pieces.get(position / PIECE)[position % PIECE] & 0xFF;
      position++;
      return read;
    }

    @Override
    public int read(byte[] to, int offset, int wanted) {
      if (position == length) {
        return wanted == 0 ? 0 : -1;
      }
      int from = position % PIECE;
      int count = Math.min(Math.min(wanted, PIECE - from), available());
      System.arraycopy(pieces.get(position / PIECE), from, to, offset, count);
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
