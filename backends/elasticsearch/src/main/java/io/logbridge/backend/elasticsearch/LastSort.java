// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses from the end of an answer what parsing it will find: the sort values of the last hit. So
 * the next page can be asked for before this one is parsed.
 *
 * <p>Inside of a text the pattern would have its quotes escaped, but a document may have a field of
 * that name. Who uses the guess compares it with what has been parsed.
 */
final class LastSort {

  /** Many times as long as the values and what stands behind them. */
  private static final int TAIL = 512;

  private static final Pattern SORT =
      Pattern.compile("\"sort\":\\[(-?\\d{1,19}(?:,-?\\d{1,19}){0,3})](?!.*\"sort\")");

  private LastSort() {}

  /**
   * The values, or none if they are not where they usually are. Leaves the answer as it was.
   *
   * @param answer unread; one that cannot be marked has no guess
   */
  static List<Long> guess(InputStream answer) throws IOException {
    if (!answer.markSupported()) {
      return List.of();
    }
    answer.mark(Integer.MAX_VALUE);
    answer.skipNBytes(Math.max(0, answer.available() - TAIL));
    String tail = new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
    answer.reset();
    Matcher matcher = SORT.matcher(tail);
    try {
      return matcher.find()
          ? Arrays.stream(matcher.group(1).split(",", -1)).map(Long::valueOf).toList()
          : List.of();
    } catch (NumberFormatException _) {
      return List.of();
    }
  }
}
