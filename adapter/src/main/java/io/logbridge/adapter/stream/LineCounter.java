// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogStream;
import java.time.Instant;

/** Counts lines and throws them away. */
final class LineCounter implements LineSink {

  private long lines;

  long lines() {
    return lines;
  }

  @Override
  public void begin(Instant writtenAt, LogStream stream) {}

  @Override
  public void text(String text) {
    lines += text.chars().filter(c -> c == '\n').count();
  }

  @Override
  public void end() {
    lines++;
  }
}
