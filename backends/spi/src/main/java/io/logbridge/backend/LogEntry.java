// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import java.time.Instant;

/**
 * One stored log event: usually one line that a container wrote, sometimes a part of one or several
 * at once.
 *
 * @param timestamp when the container wrote it, as exactly as the store and its shipper keep it
 * @param stream which output it was written to
 * @param text what was written, without the newline that ends it; may contain newlines if the
 *     shipper put several lines into one event
 * @param partial whether the line goes on in the next entry of the same stream
 */
public record LogEntry(Instant timestamp, LogStream stream, String text, boolean partial) {

  /** A whole line. */
  public static LogEntry of(Instant timestamp, LogStream stream, String text) {
    return new LogEntry(timestamp, stream, text, false);
  }
}
