// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.http.Pieces;

/**
 * The times of the entries of an answer, found without parsing it: an entry begins with a bracket
 * and its timestamp in quotes, and nothing else can look like that, since a quote within a text has
 * a backslash before it. An answer that is written in another way seems to have none.
 *
 * @param entries how many there are
 * @param first the oldest timestamp, in nanoseconds since 1970
 * @param last the newest
 */
record AnswerTimes(int entries, long first, long last) {

  private static final int DIGITS = 19;
  private static final byte BEGIN = '[';

  static AnswerTimes of(Pieces answer) {
    int entries = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    int end = answer.length() - DIGITS - 3;
    int at = answer.indexOf(BEGIN, 0);
    while (at >= 0 && at < end) {
      long nanos = timestamp(answer, at + 1);
      if (nanos >= 0) {
        first = Math.min(first, nanos);
        last = Math.max(last, nanos);
        entries++;
      }
      at = answer.indexOf(BEGIN, at + (nanos < 0 ? 1 : DIGITS + 3));
    }
    return new AnswerTimes(entries, first, last);
  }

  /** The timestamp in quotes with a comma behind; negative if there is none. */
  private static long timestamp(Pieces answer, int at) {
    int closing = at + DIGITS + 1;
    if (answer.at(at) != '"' || answer.at(closing) != '"' || answer.at(closing + 1) != ',') {
      return -1;
    }
    long number = 0;
    for (int i = at + 1; i < closing; i++) {
      int digit = answer.at(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
