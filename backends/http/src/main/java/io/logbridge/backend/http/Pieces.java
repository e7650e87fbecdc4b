// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOWEST_BITS = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;

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

  /** The byte at a position that is less than the length. */
  public byte at(int position) {
    return pieces.get(position / PIECE)[position % PIECE];
  }

  /** Where a byte comes next, from a position on; -1 if it does not. */
  public int indexOf(byte wanted, int from) {
    int position = from;
    int length = length();
    while (position < length) {
      int index = position / PIECE;
      int end = Math.min(PIECE, length - index * PIECE);
      int found = indexOf(pieces.get(index), wanted, position % PIECE, end);
      if (found >= 0) {
        return index * PIECE + found;
      }
      position = (index + 1) * PIECE;
    }
    return -1;
  }

  /** Looks at eight bytes at once: at those that differ from the wanted one in no bit. */
  private static int indexOf(byte[] bytes, byte wanted, int from, int end) {
    long pattern = LOWEST_BITS * (wanted & 0xFF);
    int at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long differing = (long) EIGHT_BYTES.get(bytes, at) ^ pattern;
      long equal = (differing - LOWEST_BITS) & ~differing & HIGHEST_BITS;
      if (equal != 0) {
        return at + Long.numberOfTrailingZeros(equal) / Byte.SIZE;
      }
    }
    for (; at < end; at++) {
      if (bytes[at] == wanted) {
        return at;
      }
    }
    return -1;
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
      return position == length ? -1 : at(position++) & 0xFF;
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
