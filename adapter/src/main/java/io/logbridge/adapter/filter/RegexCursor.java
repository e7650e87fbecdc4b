// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import io.logbridge.adapter.error.RequestException;
import org.jspecify.annotations.Nullable;

/** A place in a regular expression that is being read. Not safe for several threads. */
final class RegexCursor {

  private static final String EXPECTED_SYNTAX =
      "a regular expression of RE2 that PostgreSQL has too";

  private final String pattern;
  private int at;

  RegexCursor(String pattern) {
    this.pattern = pattern;
  }

  boolean isAtEnd() {
    return at == pattern.length();
  }

  /** The next character, which stays the next one. */
  char peek() {
    return pattern.charAt(at);
  }

  /** Whether the next but one character is one of these. */
  boolean isSecondOf(String characters) {
    return at + 1 < pattern.length() && characters.indexOf(pattern.charAt(at + 1)) >= 0;
  }

  /** Whether there is a character after the next one. */
  boolean hasSecond() {
    return at + 1 < pattern.length();
  }

  char next() {
    return pattern.charAt(at++);
  }

  int codePoint() {
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /** Goes past a text if it is what comes next. */
  boolean skip(String text) {
    boolean there = pattern.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  /** Goes past so many characters, or past all there are if that is fewer. */
  String take(int characters) {
    int from = at;
    at = Math.min(pattern.length(), at + characters);
    return pattern.substring(from, at);
  }

  /** What comes before the next occurrence of a text; {@code null} if there is none. */
  @Nullable String until(String text) {
    int end = pattern.indexOf(text, at);
    return end < 0 ? null : pattern.substring(at, end);
  }

  /** All that comes, which is gone past. */
  String rest() {
    return take(pattern.length() - at);
  }

  /** Where it is, to come back to. */
  int position() {
    return at;
  }

  void position(int earlier) {
    at = earlier;
  }

  /** What has been read since. */
  String since(int earlier) {
    return pattern.substring(earlier, at);
  }

  RequestException bad(String what) {
    return FilterException.invalid("matches", pattern, EXPECTED_SYNTAX + "; not: " + what);
  }
}
