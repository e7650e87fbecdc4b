// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line as a container wrote it, or a piece of one, for a fixture to store as a shipper would.
 *
 * @param container that wrote it; its {@code podUid} is not {@code null}
 * @param timestamp a multiple of the fixture's resolution
 * @param stream to which it was written, never {@code UNKNOWN}
 * @param text without the newline that ends it
 * @param piece which piece it is, or {@code null} for a whole line
 */
public record StoredLine(
    ContainerRef container,
    Instant timestamp,
    LogStream stream,
    String text,
    @Nullable Piece piece) {

  /** A whole line. */
  public static StoredLine of(
      ContainerRef container, Instant timestamp, LogStream stream, String text) {
    return new StoredLine(container, timestamp, stream, text, null);
  }

  /** What a backend must make of it. */
  LogEntry entry() {
    return new LogEntry(timestamp, stream, text, piece != null && !piece.last());
  }

  /**
   * A piece of a line that was cut.
   *
   * @param form how it is stored
   * @param id equal for all pieces of the line and for no others
   * @param ordinal from 1
   * @param last whether the line ends with it
   */
  public record Piece(PartialForm form, String id, int ordinal, boolean last) {

    /**
     * What a document says of it: names and values, which are texts or {@code true}. Nothing for a
     * form that is in the text itself.
     */
    public Map<String, Object> fields() {
      return switch (form) {
        case LOGTAG -> Map.of("logtag", last ? "F" : "P");
        case UNDERSCORE_P -> Map.of("_p", last ? "F" : "P");
        case UNDERSCORE_PARTIAL -> last ? Map.of() : Map.of("_partial", true);
        case PARTIAL_MESSAGE ->
            Map.of(
                "partial_message",
                "true",
                "partial_id",
                id,
                "partial_ordinal",
                String.valueOf(ordinal),
                "partial_last",
                String.valueOf(last));
        case MISSING_NEWLINE -> Map.of();
      };
    }
  }
}
