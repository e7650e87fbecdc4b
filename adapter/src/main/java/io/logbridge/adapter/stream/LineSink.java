// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogStream;
import java.time.Instant;

/**
 * Takes lines piece by piece: for each line one {@code begin}, some {@code text}, one {@code end}.
 */
interface LineSink {

  /** Begins a line that was written at this time and to this output. */
  void begin(Instant writtenAt, LogStream stream);

  /** Goes on with the line; may hold newlines, each of which ends a line and begins the next. */
  void text(String text);

  /** Ends the line. */
  void end();
}
