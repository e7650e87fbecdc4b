// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.LogStream;
import java.time.Instant;

/** Passes on the lines that were written to one output of a container. */
final class OneStream implements LineSink {

  private final LineSink lines;
  private final LogStream wanted;
  private boolean passing;

  OneStream(LineSink lines, LogStream wanted) {
    this.lines = lines;
    this.wanted = wanted;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RequestException if the store does not say which output it was: to leave the line out
   *     could be as wrong as to write it
   */
  @Override
  public void begin(Instant writtenAt, LogStream stream) {
    if (stream == LogStream.UNKNOWN) {
      throw new RequestException(
          Code.FAILED_PRECONDITION,
          "stream: \"%s\" (expected: All, since the store does not say to which output a line was"
                  .formatted(wanted)
              + " written)");
    }
    passing = stream == wanted;
    if (passing) {
      lines.begin(writtenAt, stream);
    }
  }

  @Override
  public void text(String text) {
    if (passing) {
      lines.text(text);
    }
  }

  @Override
  public void end() {
    if (passing) {
      lines.end();
    }
  }
}
