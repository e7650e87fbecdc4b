// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.ByteString;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.json.ClientJson;
import java.util.BitSet;

/**
 * Checks that bytes are one JSON value, without building anything of it: a record may be megabytes.
 * What it objects to it says in the words of Go's parser, which clients of Tekton Results know.
 */
final class JsonSyntax {

  /**
   * By how many digits the exponents of a document may lengthen its numbers: PostgreSQL writes
   * {@code 1e100000} out, so that a small document of many of them would be gigabytes when it is
   * read.
   */
  private static final long MAX_EXPONENTS = 1_000_000;

  private final ByteString text;
  private int at;

  /** For each level of nesting whether it is an object, or else an array. */
  private final BitSet objects = new BitSet();

  private int depth;
  private long exponents;

  private JsonSyntax(ByteString text) {
    this.text = text;
  }

  /**
   * Checks a document.
   *
   * @throws RequestException {@code INVALID_ARGUMENT} if it is not JSON
   */
  static void check(ByteString text) {
    new JsonSyntax(text).document();
  }

  private void document() {
    value();
    while (depth > 0) {
      afterElement();
    }
    space();
    if (at < text.size()) {
      at++;
      throw unexpected("after top-level value");
    }
  }

  /** A value; of an object or array that is not empty, only as far as its first scalar. */
  private void value() {
    boolean opened;
    do {
      opened = opensOrEnds();
    } while (opened);
  }

  private boolean opensOrEnds() {
    space();
    byte c = take();
    switch (c) {
      case '{' -> {
        return opens(true, '}');
      }
      case '[' -> {
        return opens(false, ']');
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        if (c != '-' && !isDigit(c)) {
          throw unexpected("looking for beginning of value");
        }
        number(c);
      }
    }
    return false;
  }

  private boolean opens(boolean object, char end) {
    if (depth == ClientJson.MAX_DEPTH) {
      throw Refusals.invalid("exceeded max depth");
    }
    objects.set(depth++, object);
    space();
    if (at < text.size() && text.byteAt(at) == end) {
      at++;
      depth--;
      return false;
    }
    if (object) {
      key();
    }
    return true;
  }

  private void afterElement() {
    space();
    byte c = take();
    boolean object = objects.get(depth - 1);
    if (c == ',') {
      if (object) {
        key();
      }
      value();
    } else if (c == (object ? '}' : ']')) {
      depth--;
    } else {
      throw unexpected(object ? "after object key:value pair" : "after array element");
    }
  }

  private void key() {
    space();
    if (take() != '"') {
      throw unexpected("looking for beginning of object key string");
    }
    string();
    space();
    if (take() != ':') {
      throw unexpected("after object key");
    }
  }

  private void string() {
    byte c = take();
    while (c != '"') {
      if (c == '\\') {
        escape();
      } else if (c >= 0 && c < ' ') {
        throw unexpected("in string literal");
      }
      c = take();
    }
  }

  private void escape() {
    byte c = take();
    if (c == 'u') {
      unicodeEscape();
    } else if ("bfnrt\\/\"".indexOf(c) < 0) {
      throw unexpected("in string escape code");
    }
  }

  /** PostgreSQL takes surrogates in pairs only, as they are in text. */
  private void unicodeEscape() {
    char unit = hexadecimal();
    if (!Character.isSurrogate(unit)) {
      return;
    }
    boolean paired = skip('\\') && skip('u') && Character.isSurrogatePair(unit, hexadecimal());
    if (!paired) {
      throw Refusals.invalid(
          "data.value: \\u%04x is half a character (expected: a pair of surrogates)"
              .formatted((int) unit));
    }
  }

  private char hexadecimal() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(take(), 16);
      if (digit < 0) {
        throw unexpected("in \\u hexadecimal character escape");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private void literal(String word) {
    for (int i = 1; i < word.length(); i++) {
      if (take() != word.charAt(i)) {
        throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
  }

  private void number(byte first) {
    byte c = first;
    if (c == '-') {
      c = takeDigit("in numeric literal");
    }
    if (c != '0') {
      digits();
    }
    if (skip('.')) {
      takeDigit("after decimal point in numeric literal");
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      exponent();
    }
  }

  private void exponent() {
    int start = at;
    takeDigit("in exponent of numeric literal");
    digits();
    long exponent = 0;
    for (int i = start; i < at && exponent <= MAX_EXPONENTS; i++) {
      exponent = exponent * 10 + text.byteAt(i) - '0';
    }
    exponents += exponent;
    if (exponents > MAX_EXPONENTS) {
      throw Refusals.invalid(
          "data.value: exponents of numbers sum up to more than "
              + MAX_EXPONENTS
              + " (expected: numbers that can be written out)");
    }
  }

  private void digits() {
    while (at < text.size() && isDigit(text.byteAt(at))) {
      at++;
    }
  }

  private byte takeDigit(String where) {
    byte c = take();
    if (!isDigit(c)) {
      throw unexpected(where);
    }
    return c;
  }

  private boolean skip(char expected) {
    boolean there = at < text.size() && text.byteAt(at) == expected;
    if (there) {
      at++;
    }
    return there;
  }

  private void space() {
    while (at < text.size() && " \t\r\n".indexOf(text.byteAt(at)) >= 0) {
      at++;
    }
  }

  private byte take() {
    if (at == text.size()) {
      throw Refusals.invalid("unexpected end of JSON input");
    }
    return text.byteAt(at++);
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /** The byte that was taken last is not what has to be there. */
  private RequestException unexpected(String where) {
    return Refusals.invalid(
        "invalid character " + quoted(text.byteAt(at - 1) & 0xff) + " " + where);
  }

  /** As Go quotes a byte: as the character of Latin-1 that has its number. */
  private static String quoted(int c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '\\' -> "'\\\\'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      default -> {
        if (c < ' ' || c == 0x7f) {
          yield "'\\x%02x'".formatted(c);
        }
        yield c >= 0x80 && c <= 0xa0 ? "'\\u%04x'".formatted(c) : "'" + (char) c + "'";
      }
    };
  }
}
