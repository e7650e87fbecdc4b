// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.http.Pieces;

/**
 * The times of the entries of an answer, found without parsing it while it comes: an entry begins
 * with a bracket and its timestamp in quotes, and nothing else can look like that, since a quote
 * within a text has a backslash before it. An answer that is written in another way seems to have
 * none.
 */
final class AnswerTimes {

  private static final int DIGITS = 19;
  private static final char BEGIN = '[';

  private final Pieces answer;
  private int entries;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private int seen;

  /** Nothing has been looked at yet. */
  AnswerTimes(Pieces answer) {
    this.answer = answer;
  }

  /** Looks at what has come since. */
  void lookOn() {
    String news = answer.characters(seen, answer.length());
    int end = news.length() - DIGITS - 3;
    int at = news.indexOf(BEGIN);
    while (at >= 0 && at < end) {
      long nanos = timestamp(news, at + 1);
      if (nanos >= 0) {
        first = Math.min(first, nanos);
        last = Math.max(last, nanos);
        entries++;
      }
      at = news.indexOf(BEGIN, at + (nanos < 0 ? 1 : DIGITS + 3));
    }
    seen += at < 0 ? news.length() : at;
  }

  /** How many entries there are. */
  int entries() {
    return entries;
  }

  /** The oldest timestamp, in nanoseconds since 1970. */
  long first() {
    return first;
  }

  /** The newest. */
  long last() {
    return last;
  }

  /** The timestamp in quotes with a comma behind; negative if there is none. */
  private static long timestamp(String text, int at) {
    int closing = at + DIGITS + 1;
    if (text.charAt(at) != '"' || text.charAt(closing) != '"' || text.charAt(closing + 1) != ',') {
      return -1;
    }
    long number = 0;
    for (int i = at + 1; i < closing; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
