// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.memory;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.testkit.StoredLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** The language of the store: a cursor, lines with four fields, and a mark at the end. */
final class MemoryWire {

  static final String TYPE = "text/x-memory";
  static final String END = "END";

  private static final String MORE = "MORE";

  private MemoryWire() {}

  /**
   * What is asked for.
   *
   * @param container as {@link #key} makes it
   * @param cursor of an earlier answer, or empty
   * @param offset within the cursor's rows
   */
  record Request(
      String container,
      Instant start,
      Instant end,
      boolean backward,
      String cursor,
      int offset,
      int size) {

    String toQuery() {
      return String.join(
          "&",
          container,
          start.toString(),
          end.toString(),
          Boolean.toString(backward),
          cursor,
          Integer.toString(offset),
          Integer.toString(size));
    }
  }

  /** An answer as a reader sees it. */
  record Answer(String cursor, LogPage page) {}

  static Request request(LogQuery query, String cursor, int offset, int size) {
    Instant end = query.range().end();
    return new Request(
        key(query.container()),
        query.range().start(),
        end == null ? Instant.MAX : end,
        query.direction() == LogQuery.Direction.BACKWARD,
        cursor,
        offset,
        size);
  }

  static Request parse(String query) {
    String[] parts = query.split("&", -1);
    return new Request(
        parts[0],
        Instant.parse(parts[1]),
        Instant.parse(parts[2]),
        Boolean.parseBoolean(parts[3]),
        parts[4],
        Integer.parseInt(parts[5]),
        Integer.parseInt(parts[6]));
  }

  static String key(ContainerRef container) {
    return String.join(
        "/",
        container.namespace(),
        container.pod(),
        container.container(),
        Objects.requireNonNullElse(container.podUid(), ""));
  }

  /** Whether a stored container is the one asked for; the uid may be left open. */
  static boolean matches(String stored, String asked) {
    return stored.equals(asked)
        || (asked.endsWith("/") && stored.substring(0, stored.lastIndexOf('/') + 1).equals(asked));
  }

  static String format(String cursor, List<StoredLine> lines, boolean last) {
    StringBuilder text = new StringBuilder(cursor + "\n");
    for (StoredLine line : lines) {
      StoredLine.Piece piece = line.piece();
      byte[] bytes = line.text().getBytes(StandardCharsets.UTF_8);
      text.append(line.timestamp())
          .append(' ')
          .append(line.stream())
          .append(' ')
          .append(piece != null && !piece.last() ? "P" : "F")
          .append(" .")
          .append(Base64.getEncoder().encodeToString(bytes))
          .append('\n');
    }
    return text.append(last ? END : MORE).toString();
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException if it is not one, or is cut
   */
  static Answer read(String text) {
    List<String> lines = text.lines().toList();
    String mark = lines.isEmpty() ? "" : lines.getLast();
    if (lines.size() < 2 || !(mark.equals(END) || mark.equals(MORE))) {
      throw new IllegalArgumentException("no mark at the end");
    }
    List<LogEntry> entries = new ArrayList<>();
    for (String line : lines.subList(1, lines.size() - 1)) {
      String[] fields = line.split(" ", -1);
      byte[] bytes = Base64.getDecoder().decode(fields[3].substring(1));
      entries.add(
          new LogEntry(
              Instant.parse(fields[0]),
              LogStream.valueOf(fields[1]),
              new String(bytes, StandardCharsets.UTF_8),
              fields[2].equals("P")));
    }
    return new Answer(lines.getFirst(), new LogPage(entries, mark.equals(END)));
  }
}
