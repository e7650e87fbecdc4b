// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import io.logbridge.backend.LogStream;
import org.jspecify.annotations.Nullable;

/**
 * A line as its container wrote it, and what its shipper told of it.
 *
 * @param text without the newline that ends it
 * @param stream {@link LogStream#UNKNOWN} if the text does not tell
 * @param nanos when it was written, in nanoseconds since 1970; {@link TimeText#UNREADABLE} if the
 *     text does not tell
 * @param partial whether the line goes on in the next entry of its stream
 * @param tie what tells it from others of its nanosecond; {@code null} if nothing does
 * @param decoded whether the text had the form that was expected of it; else it is given as stored
 */
public record ShippedLine(
    String text,
    LogStream stream,
    long nanos,
    boolean partial,
    @Nullable TieKey tie,
    boolean decoded) {

  /** A text of which nothing else is known. */
  static ShippedLine of(String text, boolean decoded) {
    return new ShippedLine(text, LogStream.UNKNOWN, TimeText.UNREADABLE, false, null, decoded);
  }
}
