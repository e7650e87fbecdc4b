// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.util.function.IntPredicate;

/** Sets of characters: {@code [^a-z\\d[:punct:]]}. */
final class RegexBrackets {

  private final RegexCursor in;
  private final RegexCharacters characters;

  RegexBrackets(RegexCursor in) {
    this.in = in;
    this.characters = new RegexCharacters(in);
  }

  /** Reads one, from its bracket on, and translates it. */
  String translate() {
    StringBuilder set = new StringBuilder("[");
    in.next();
    if (in.skip("^")) {
      set.append('^');
    }
    boolean first = true;
    while (first || peek() != ']') {
      first = false;
      element(set);
    }
    in.next();
    return set.append(']').toString();
  }

  private char peek() {
    if (in.isAtEnd()) {
      throw in.bad("missing ]");
    }
    return in.peek();
  }

  private void element(StringBuilder set) {
    if (in.skip("[:")) {
      set.append(named());
    } else if (peek() == '\\' && in.isSecondOf("dsw")) {
      in.next();
      set.append(RegexCharacters.perlClass(in.next()));
    } else {
      range(set);
    }
  }

  private void range(StringBuilder set) {
    int low = member();
    int high = low;
    if (isRange()) {
      in.next();
      high = member();
      if (high < low) {
        throw in.bad("range that ends before it begins");
      }
    }
    set.append(RegexCharacters.quote(low));
    if (high > low) {
      set.append('-').append(RegexCharacters.quote(high));
    }
  }

  /** A hyphen is one, unless it is the last of the set. */
  private boolean isRange() {
    return !in.isAtEnd() && in.peek() == '-' && in.hasSecond() && !in.isSecondOf("]");
  }

  private int member() {
    if (peek() != '\\') {
      return in.codePoint();
    }
    in.next();
    peek();
    return characters.escaped();
  }

  private String named() {
    String name = in.until(":]");
    IntPredicate letter = Character::isLetter;
    if (name == null || name.isEmpty() || !name.chars().allMatch(letter)) {
      throw in.bad("[:" + (name == null ? "" : name));
    }
    in.skip(name + ":]");
    return switch (name) {
      case "alnum" -> "0-9A-Za-z";
      case "alpha" -> "A-Za-z";
      case "blank" -> "\\t ";
      case "cntrl" -> "\\u0001-\\u001f\\u007f";
      case "digit" -> "0-9";
      case "graph" -> "\\u0021-\\u007e";
      case "lower" -> "a-z";
      case "print" -> "\\u0020-\\u007e";
      case "punct" -> "\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e";
      case "space" -> "\\t\\n\\u000b\\f\\r ";
      case "upper" -> "A-Z";
      case "word" -> "0-9A-Za-z_";
      case "xdigit" -> "0-9A-Fa-f";
      default -> throw in.bad("[:" + name + ":]");
    };
  }
}
