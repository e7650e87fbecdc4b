// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gathers text into chunks of at most {@value #CHUNK_BYTES} bytes of UTF-8 and hands them to a
 * sink.
 *
 * <p>A full chunk is cut after the last line end in its last quarter, or, in the middle of a very
 * long line, between two characters. So a client that shows a chunk as it comes shows whole lines
 * and no broken characters.
 */
final class ChunkWriter {

  /** The size of the messages of Tekton Results; its clients are used to it. */
  static final int CHUNK_BYTES = 32 * 1024;

  /** A line end further away than this is not worth a message that much smaller. */
  private static final int NEAR = CHUNK_BYTES / 4;

  private final LogSink sink;
  private byte[] buffer = new byte[CHUNK_BYTES];
  private int used;

  ChunkWriter(LogSink sink) {
    this.sink = sink;
  }

  /** Adds text; sends what fills a chunk. Blocks as {@link LogSink#write} does. */
  void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes that are whole characters of UTF-8; sends what fills a chunk. */
  void write(byte[] utf8) {
    int from = 0;
    while (utf8.length - from > CHUNK_BYTES - used) {
      int room = CHUNK_BYTES - used;
      System.arraycopy(utf8, from, buffer, used, room);
      from += room;
      used = CHUNK_BYTES;
      sendFull(utf8[from]);
    }
    System.arraycopy(utf8, from, buffer, used, utf8.length - from);
    used += utf8.length - from;
  }

  void newline() {
    write(NEWLINE);
  }

  private static final byte[] NEWLINE = {'\n'};

  /** Sends what is there, however little. */
  void flush() {
    if (used > 0) {
      send(used);
    }
  }

  /** How many bytes wait for more. */
  int pending() {
    return used;
  }

  private void sendFull(byte next) {
    int cut = lineEnd();
    send(cut > 0 ? cut : characterEnd(next));
  }

  /** The position after the last line end that is near, or 0. */
  private int lineEnd() {
    for (int i = CHUNK_BYTES; i > CHUNK_BYTES - NEAR; i--) {
      if (buffer[i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }

  /** The last position between two characters, when {@code next} is the byte after the chunk. */
  private int characterEnd(byte next) {
    if (!isContinuation(next)) {
      return CHUNK_BYTES;
    }
    int i = CHUNK_BYTES - 1;
    while (isContinuation(buffer[i])) {
      i--;
    }
    return i;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  private void send(int length) {
    byte[] chunk = length == CHUNK_BYTES ? buffer : Arrays.copyOf(buffer, length);
    byte[] rest = new byte[CHUNK_BYTES];
    System.arraycopy(buffer, length, rest, 0, used - length);
    buffer = rest;
    used -= length;
    sink.write(chunk);
  }
}
