// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of one container: timestamp and prefix as wanted, the text as it is, a newline.
 */
final class LineWriter implements LineSink {

  private final ChunkWriter out;
  private final byte @Nullable [] prefix;
  private final boolean timestamps;
  private @Nullable Instant timestamp;

  /**
   * @param prefix stands before each line, with the blank that ends it; {@code null} for none
   * @param timestamps whether each line begins with its time, in nanoseconds and UTC
   */
  LineWriter(ChunkWriter out, @Nullable String prefix, boolean timestamps) {
    this.out = out;
    this.prefix = prefix == null ? null : prefix.getBytes(StandardCharsets.UTF_8);
    this.timestamps = timestamps;
  }

  @Override
  public void begin(Instant writtenAt, LogStream stream) {
    timestamp = writtenAt;
    head();
  }

  @Override
  public void text(String text) {
    if (prefix == null && !timestamps) {
      out.write(text);
      return;
    }
    // A shipper may have put several lines into one event; each of them is a line to the reader.
    int from = 0;
    for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', from)) {
      out.write(text.substring(from, newline + 1));
      head();
      from = newline + 1;
    }
    out.write(text.substring(from));
  }

  @Override
  public void end() {
    out.newline();
  }

  private void head() {
    if (timestamps && timestamp != null) {
      out.write(Timestamps.format(timestamp));
    }
    if (prefix != null) {
      out.write(prefix);
    }
  }
}
