// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

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

  static AnswerTimes of(byte[] answer) {
    int entries = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    int end = answer.length - DIGITS - 3;
    for (int at = 0; at < end; at++) {
      if (answer[at] == '[' && isTimestamp(answer, at + 1)) {
        long nanos = number(answer, at + 2);
        first = Math.min(first, nanos);
        last = Math.max(last, nanos);
        entries++;
        at += DIGITS + 2;
      }
    }
    return new AnswerTimes(entries, first, last);
  }

  private static boolean isTimestamp(byte[] answer, int at) {
    if (answer[at] != '"' || answer[at + DIGITS + 1] != '"' || answer[at + DIGITS + 2] != ',') {
      return false;
    }
    for (int i = at + 1; i <= at + DIGITS; i++) {
      if (answer[i] < '0' || answer[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static long number(byte[] answer, int at) {
    long number = 0;
    for (int i = at; i < at + DIGITS; i++) {
      number = 10 * number + (answer[i] - '0');
    }
    return number;
  }
}
