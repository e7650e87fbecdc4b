// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the container runtime writes to a container's log file: one for each line of the container,
 * or several for a long one.
 *
 * @param time when the runtime had it
 * @param stream {@code stdout} or {@code stderr}
 * @param tag {@code F} for a line's last piece, {@code P} for those before it
 */
record Piece(Instant time, String stream, String tag, String text) {

  /** Where containerd cuts a line, in bytes. */
  private static final int RUNTIME_LINE = 16 * 1024;

  /** The pieces of a line; never cut within a character here, as shippers would damage it. */
  static List<Piece> of(Line line) {
    List<String> texts = texts(line.text());
    List<Piece> pieces = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      pieces.add(
          new Piece(
              // The runtime stamps each piece when it has it.
              line.time().plusNanos(i),
              line.output().name().toLowerCase(Locale.ROOT),
              i == texts.size() - 1 ? "F" : "P",
              texts.get(i)));
    }
    return pieces;
  }

  private static List<String> texts(String text) {
    if (text.length() <= RUNTIME_LINE / 4) {
      return List.of(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> texts = new ArrayList<>();
    int from = 0;
    while (bytes.length - from > RUNTIME_LINE) {
      int to = from + RUNTIME_LINE;
      while ((bytes[to] & 0xC0) == 0x80) {
        to--;
      }
      texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      from = to;
    }
    texts.add(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
    return texts;
  }
}
