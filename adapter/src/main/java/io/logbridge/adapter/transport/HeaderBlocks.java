// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Exception;
import java.io.ByteArrayOutputStream;

/**
 * Looks through the header blocks of one connection for an entry that is larger than the HPACK
 * table it asks to enter. The standard lets such an entry empty the table; Helidon's thread never
 * returns from it, at full speed, and one frame from anyone is enough (<a
 * href="https://www.rfc-editor.org/rfc/rfc7541#section-4.4">RFC 7541, section 4.4</a>;
 * DynamicTable.add). Encoders in use do not index what cannot be kept, so the connection is ended.
 *
 * <p>Strings are not decoded, only measured. For one thread, the connection's.
 */
final class HeaderBlocks {

  private static final int ENTRY_OVERHEAD = 32;
  private static final int STATIC_ENTRIES = 61;
  private static final int LONGEST_STATIC_NAME = 27;

  /** For names that are to be indexed: a value may be indexed under one later, unseen. */
  private static final int LONGEST_NAME = 128;

  private final int maxSize;
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
  private long tableSize = 4096;
  private byte[] block = {};
  private int at;

  /**
   * Looks through blocks of at most this many encoded bytes.
   *
   * @param maxSize beyond it the connection is ended, as Helidon does by the size decoded
   */
  HeaderBlocks(int maxSize) {
    this.maxSize = maxSize;
  }

  /**
   * Takes a HEADERS or CONTINUATION frame; the last of a block has the whole block looked through.
   *
   * @throws Http2Exception when Helidon must not see the block
   */
  void received(byte[] frame) {
    int flags = frame[4];
    boolean last = (flags & Frames.FLAG_END_HEADERS) != 0;
    int from = Frames.HEADER_LENGTH;
    int to = frame.length;
    if (frame[3] == Frames.HEADERS) {
      fragments.reset();
      if ((flags & Frames.FLAG_PADDED) != 0 && from < to) {
        to -= frame[from] & 0xFF;
        from++;
      }
      if ((flags & Frames.FLAG_PRIORITY) != 0) {
        from += Frames.PRIORITY_LENGTH;
      }
      // Where padding is in a block of many frames, the standard and Helidon disagree.
      if (from > to || (!last && (flags & Frames.FLAG_PADDED) != 0)) {
        throw new Http2Exception(Http2ErrorCode.PROTOCOL, "padding of HEADERS");
      }
    }
    add(frame, from, to, last);
  }

  private void add(byte[] frame, int from, int to, boolean last) {
    fragments.write(frame, from, to - from);
    if (fragments.size() > maxSize) {
      throw refused("header block: " + fragments.size() + " bytes (expected: <= " + maxSize + ")");
    }
    if (last) {
      block = fragments.toByteArray();
      fragments.reset();
      at = 0;
      while (at < block.length) {
        next();
      }
    }
  }

  private void next() {
    int first = block[at] & 0xFF;
    if ((first & 0x80) != 0) {
      integer(7); // indexed
    } else if ((first & 0x40) != 0) {
      long index = integer(6);
      long name = index == 0 ? newName() : nameAt(index);
      long size = name + string() + ENTRY_OVERHEAD;
      if (size > tableSize) {
        throw refused("indexed header: " + size + " bytes (expected: <= " + tableSize + ")");
      }
    } else if ((first & 0x20) != 0) {
      tableSize = Math.min(integer(5), 4096);
    } else {
      if (integer(4) == 0) {
        string();
      }
      string();
    }
  }

  private long newName() {
    long length = string();
    if (length > LONGEST_NAME) {
      throw refused(
          "indexed header name: " + length + " bytes (expected: <= " + LONGEST_NAME + ")");
    }
    return length;
  }

  private static int nameAt(long index) {
    return index <= STATIC_ENTRIES ? LONGEST_STATIC_NAME : LONGEST_NAME;
  }

  /** Reads on over an integer with a prefix of this many bits; what is not one ends the block. */
  private long integer(int prefix) {
    int max = (1 << prefix) - 1;
    long value = block[at++] & max;
    if (value < max) {
      return value;
    }
    for (int shift = 0; at < block.length && shift < 35; shift += 7) {
      int octet = block[at++] & 0xFF;
      value += (long) (octet & 0x7F) << shift;
      if ((octet & 0x80) == 0) {
        return value;
      }
    }
    at = block.length;
    return 0;
  }

  /** Reads on over a string and returns its decoded length. */
  private long string() {
    if (at >= block.length) {
      return 0;
    }
    boolean coded = (block[at] & 0x80) != 0;
    int length = (int) Math.min(integer(7), block.length - at);
    int from = at;
    at += length;
    return coded ? Huffman.decodedLength(block, from, length) : length;
  }

  private static Http2Exception refused(String message) {
    return new Http2Exception(Http2ErrorCode.ENHANCE_YOUR_CALM, message);
  }
}
