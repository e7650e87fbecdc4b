// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

/**
 * Single characters and classes of them. RE2's classes are of ASCII, PostgreSQL's of the whole of
 * Unicode.
 */
final class RegexCharacters {

  private final RegexCursor in;

  RegexCharacters(RegexCursor in) {
    this.in = in;
  }

  /** A character that stands for itself, wherever it is put. */
  static String quote(int c) {
    if (c < 0x80 && Character.isLetterOrDigit(c)) {
      return Character.toString(c);
    }
    return c <= 0xffff ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
  }

  /** What is in the class of {@code \d}, {@code \s} or {@code \w}. */
  static String perlClass(char c) {
    return switch (c) {
      case 'd' -> "0-9";
      case 's' -> "\\t\\n\\f\\r ";
      default -> "0-9A-Za-z_";
    };
  }

  /** Reads the character after a backslash. */
  int escaped() {
    char c = in.next();
    return switch (c) {
      case 'a' -> 7;
      case 'f' -> '\f';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'v' -> 0x0b;
      case 'x' -> hex();
      default -> {
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
          yield c;
        }
        throw in.bad("\\" + c);
      }
    };
  }

  private int hex() {
    if (!in.skip("{")) {
      return hex(in.take(2));
    }
    String digits = in.until("}");
    int value = hex(digits == null ? "" : digits);
    in.skip(digits + "}");
    return value;
  }

  private int hex(String digits) {
    int value = digits.matches("[0-9A-Fa-f]{1,7}") ? Integer.parseInt(digits, 16) : 0;
    if (value > 0 && Character.isValidCodePoint(value)) {
      return value;
    }
    throw in.bad("\\x");
  }
}
