// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Passes on the first so many bytes and drops the rest. Text ends between two characters, JSON
 * between two objects: half of one is of no use to a program.
 */
final class LimitedSink implements LogSink {

  private final LogSink sink;
  private final boolean wholeObjects;

  /** The beginning of an object that may turn out to be too long. */
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);

  /** How many bytes may still be passed on, those that are held among them. */
  private long left;

  /** Passes on all of it if the options name no limit. */
  LimitedSink(LogSink sink, LogOptions options) {
    this.sink = sink;
    this.left = options.limitBytes() == null ? Long.MAX_VALUE : options.limitBytes();
    this.wholeObjects = options.limitBytes() != null && options.format() == LogFormat.NDJSON;
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
    if (left == 0) {
      return;
    }
    if (wholeObjects) {
      writeObjects(chunk);
    } else if (chunk.length <= left) {
      left -= chunk.length;
      sink.write(chunk);
    } else {
      int cut = (int) left;
      while (cut > 0 && (chunk[cut] & 0xC0) == 0x80) {
        cut--;
      }
      left = 0;
      send(Arrays.copyOf(chunk, cut));
    }
  }

  private void writeObjects(byte[] chunk) {
    held.writeBytes(chunk);
    byte[] all = held.toByteArray();
    held.reset();
    boolean tooLong = all.length > left;
    int end = tooLong ? (int) left : all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    if (tooLong) {
      left = 0;
    } else {
      left -= end;
      held.write(all, end, all.length - end);
    }
    send(Arrays.copyOf(all, end));
  }

  private void send(byte[] chunk) {
    if (chunk.length > 0) {
      sink.write(chunk);
    }
  }
}
