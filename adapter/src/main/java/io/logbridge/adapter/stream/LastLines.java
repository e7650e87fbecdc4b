// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Passes lines on after it has dropped the first few. */
final class LastLines implements LineSink {

  private final LineSink out;
  private long toDrop;
  private @Nullable Instant begun;
  private LogStream stream = LogStream.UNKNOWN;

  LastLines(LineSink out, long toDrop) {
    this.out = out;
    this.toDrop = toDrop;
  }

  /** Drops the next so many lines. */
  void drop(long lines) {
    toDrop = lines;
  }

  @Override
  public void begin(Instant writtenAt, LogStream writtenTo) {
    begun = writtenAt;
    stream = writtenTo;
    if (toDrop == 0) {
      out.begin(writtenAt, writtenTo);
    }
  }

  @Override
  public void text(String text) {
    String kept = text;
    while (toDrop > 0) {
      int newline = kept.indexOf('\n');
      if (newline < 0) {
        return;
      }
      kept = kept.substring(newline + 1);
      toDrop--;
      if (toDrop == 0 && begun != null) {
        out.begin(begun, stream);
      }
    }
    out.text(kept);
  }

  @Override
  public void end() {
    if (toDrop > 0) {
      toDrop--;
    } else {
      out.end();
    }
  }
}
