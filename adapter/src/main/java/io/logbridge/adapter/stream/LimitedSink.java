// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.util.Arrays;

/** Passes on the first so many bytes, never a part of a character, and drops the rest. */
final class LimitedSink implements LogSink {

  private final LogSink sink;
  private long left;

  LimitedSink(LogSink sink, long limit) {
    this.sink = sink;
    this.left = limit;
  }

  /** Whether everything from now on is dropped. */
  boolean isFull() {
    return left == 0;
  }

  @Override
  public void warn(String warning) {
    sink.warn(warning);
  }

  @Override
  public void write(byte[] chunk) {
    if (chunk.length <= left) {
      left -= chunk.length;
      sink.write(chunk);
      return;
    }
    int cut = (int) left;
    while (cut > 0 && (chunk[cut] & 0xC0) == 0x80) {
      cut--;
    }
    left = 0;
    if (cut > 0) {
      sink.write(Arrays.copyOf(chunk, cut));
    }
  }
}
