// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.LogStream;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Passes lines on when they have ended, so that the lines of several containers can be written as
 * they come.
 */
final class WholeLines implements LineSink {

  /** How long a line may be, in characters. */
  static final int MAX_LENGTH = 4 * 1024 * 1024;

  private final Supplier<LineSink> out;
  private final StringBuilder line = new StringBuilder();
  private Instant begun = Instant.EPOCH;
  private LogStream stream = LogStream.UNKNOWN;

  /** Passes on to what the supplier gives at the end of each line. */
  WholeLines(Supplier<LineSink> out) {
    this.out = out;
  }

  @Override
  public void begin(Instant writtenAt, LogStream writtenTo) {
    begun = writtenAt;
    stream = writtenTo;
  }

  @Override
  public void text(String text) {
    if (line.length() + text.length() > MAX_LENGTH) {
      throw new RequestException(
          Code.RESOURCE_EXHAUSTED,
          "follow: a line of more than "
              + MAX_LENGTH
              + " characters (expected: shorter ones; without follow any length can be read)");
    }
    line.append(text);
  }

  @Override
  public void end() {
    LineSink whole = out.get();
    whole.begin(begun, stream);
    whole.text(line.toString());
    whole.end();
    line.setLength(0);
    line.trimToSize();
  }
}
