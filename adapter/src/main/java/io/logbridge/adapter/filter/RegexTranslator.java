// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import io.logbridge.adapter.error.RequestException;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a regular expression of RE2 into one of PostgreSQL that finds something in the same texts.
 * Which of several matches is found does not show in a filter, so greed does not matter.
 *
 * <p>What PostgreSQL cannot express is refused. Look-ahead, which RE2 has not, is let through:
 * Tekton Results does, and filters in use may have it.
 */
final class RegexTranslator {

  /** The most repetitions that PostgreSQL can count. */
  private static final int MAX_REPEAT = 255;

  /** Bounds the automaton that PostgreSQL makes of the expression. */
  private static final int MAX_SIZE = 5_000;

  private static final int MAX_DEPTH = 100;
  private static final String EXPECTED_SYNTAX =
      "a regular expression of RE2 that PostgreSQL has too";

  private static final Pattern LEADING_FLAGS = Pattern.compile("[(][?][smU]*i[ismU]*[)]");

  private final String pattern;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private boolean dotAll;
  private boolean multiLine;
  private int depth;

  private RegexTranslator(String pattern) {
    this.pattern = pattern;
  }

  /**
   * The expression for PostgreSQL's {@code ~}.
   *
   * @throws RequestException if there is none
   */
  static String translate(String re2) {
    return new RegexTranslator(re2).translate();
  }

  private String translate() {
    leadingFlags();
    long size = alternatives();
    if (at < pattern.length()) {
      throw bad("unmatched )");
    }
    if (size > MAX_SIZE) {
      throw bad("too large");
    }
    return out.toString();
  }

  /** PostgreSQL can ignore the case of a whole expression only. */
  private void leadingFlags() {
    Matcher flags = LEADING_FLAGS.matcher(pattern);
    if (flags.lookingAt()) {
      at = flags.end();
      out.append("(?i)");
      dotAll = flags.group().indexOf('s') > 0;
      multiLine = flags.group().indexOf('m') > 0;
    }
  }

  /** Reads up to the end of the group; the result is how large the automaton is about. */
  private long alternatives() {
    if (++depth > MAX_DEPTH) {
      throw bad("nested deeper than " + MAX_DEPTH);
    }
    long size = sequence();
    while (at < pattern.length() && peek() == '|') {
      at++;
      out.append('|');
      size += sequence() + 1;
    }
    depth--;
    return size;
  }

  private long sequence() {
    long size = 1;
    while (at < pattern.length() && peek() != '|' && peek() != ')') {
      int start = out.length();
      long atom = atom();
      size += repeated(start, atom);
    }
    return size;
  }

  private long repeated(int start, long atom) {
    if (at == pattern.length()) {
      return atom;
    }
    int from = at;
    int most = quantifier();
    if (most < 0) {
      return atom;
    }
    String quantifier = pattern.substring(from, at);
    if (at < pattern.length() && peek() == '?') {
      at++; // reluctant: finds something in the same texts
    }
    if (at < pattern.length() && isQuantifier()) {
      throw bad("repetition of a repetition");
    }
    // In a group, so that anchors and whole flags can be repeated too.
    out.insert(start, "(?:").append(')').append(quantifier);
    return atom * Math.max(1, most) + 1;
  }

  private boolean isQuantifier() {
    int from = at;
    boolean result = quantifier() >= 0;
    at = from;
    return result;
  }

  /** Reads a quantifier; the result is how often it repeats, 1 for no limit, -1 if it is none. */
  private int quantifier() {
    return switch (peek()) {
      case '*', '+', '?' -> {
        at++;
        yield 1;
      }
      case '{' -> bounds();
      default -> -1;
    };
  }

  private int bounds() {
    int end = pattern.indexOf('}', at);
    String inside = end < 0 ? "" : pattern.substring(at + 1, end);
    if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
      return -1; // a brace like any other character
    }
    int comma = inside.indexOf(',');
    int least = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
    boolean open = comma == inside.length() - 1;
    int most = comma < 0 || open ? least : Integer.parseInt(inside.substring(comma + 1));
    if (least > MAX_REPEAT || most > MAX_REPEAT || most < least) {
      throw bad("{" + inside + "}: PostgreSQL counts to " + MAX_REPEAT);
    }
    at = end + 1;
    return most;
  }

  private long atom() {
    return switch (peek()) {
      case '(' -> group();
      case '[' -> {
        out.append(bracket());
        yield 2;
      }
      case '.' -> one(dotAll ? "." : "[^\\n]");
      case '^' -> one(multiLine ? "(?:^|(?<=\\n))" : "^");
      case '$' -> one(multiLine ? "(?:$|(?=\\n))" : "$");
      case '\\' -> escape();
      case '*', '+', '?' -> throw bad("nothing to repeat");
      default -> {
        out.append(quote(codePoint()));
        yield 1;
      }
    };
  }

  /** For one character of the pattern. */
  private long one(String translation) {
    at++;
    out.append(translation);
    return 1;
  }

  private long group() {
    at++;
    boolean outerDotAll = dotAll;
    boolean outerMultiLine = multiLine;
    boolean lookAhead = false;
    if (skip("?=") || skip("?!")) {
      lookAhead = true;
      out.append("(?").append(pattern.charAt(at - 1));
    } else if (skip("?P<") || skip("?<")) {
      name();
      out.append("(?:");
    } else if (skip("?")) {
      if (flags()) {
        return 0; // they hold to the end of the group that is around them
      }
      out.append("(?:");
    } else {
      out.append("(?:");
    }
    long size = alternatives();
    if (at == pattern.length()) {
      throw bad("missing )");
    }
    at++;
    out.append(')');
    dotAll = outerDotAll;
    multiLine = outerMultiLine;
    if (lookAhead && at < pattern.length() && isQuantifier()) {
      throw bad("repeated look-ahead");
    }
    return size;
  }

  private boolean skip(String text) {
    boolean there = pattern.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  private void name() {
    int end = pattern.indexOf('>', at);
    if (end < 0 || !pattern.substring(at, end).matches("\\w+")) {
      throw bad("name of a group");
    }
    at = end + 1;
  }

  /** Reads flags; the result is whether they stand alone, without a group of their own. */
  private boolean flags() {
    boolean value = true;
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      switch (c) {
        case 's' -> dotAll = value;
        case 'm' -> multiLine = value;
        case 'U' -> {} // greed, which does not matter
        case '-' -> value = false;
        case ':' -> {
          return false;
        }
        case ')' -> {
          return true;
        }
        default -> throw bad("flag " + c + " other than at the beginning");
      }
    }
    throw bad("missing )");
  }

  private long escape() {
    at++;
    if (at == pattern.length()) {
      throw bad("\\ at the end");
    }
    return switch (peek()) {
      case 'b' -> one("\\y");
      case 'B' -> one("\\Y");
      case 'A' -> one("\\A");
      case 'z' -> one("\\Z");
      case 'd', 's', 'w' -> one("[" + perlClass(peek()) + "]");
      case 'D', 'S', 'W' -> one("[^" + perlClass(Character.toLowerCase(peek())) + "]");
      case 'Q' -> literally();
      default -> {
        out.append(quote(escapedCharacter()));
        yield 1;
      }
    };
  }

  /** RE2's classes are of ASCII, PostgreSQL's of the whole of Unicode. */
  private static String perlClass(char c) {
    return switch (c) {
      case 'd' -> "0-9";
      case 's' -> "\\t\\n\\f\\r ";
      default -> "0-9A-Za-z_";
    };
  }

  private long literally() {
    int end = pattern.indexOf("\\E", at);
    String text = pattern.substring(at + 1, end < 0 ? pattern.length() : end);
    out.append("(?:");
    text.codePoints().forEach(c -> out.append(quote(c)));
    out.append(')');
    at = end < 0 ? pattern.length() : end + 2;
    return 1L + text.length();
  }

  /** The character after a backslash. */
  private int escapedCharacter() {
    char c = pattern.charAt(at++);
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
        throw bad("\\" + c);
      }
    };
  }

  private int hex() {
    int end = at + 2;
    int from = at;
    if (at < pattern.length() && peek() == '{') {
      from++;
      end = pattern.indexOf('}', at);
    }
    if (end < from || end > pattern.length()) {
      throw bad("\\x");
    }
    try {
      int value = Integer.parseInt(pattern.substring(from, end), 16);
      at = from == at ? end : end + 1;
      if (value > 0 && Character.isValidCodePoint(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad("\\x");
    }
    throw bad("\\x");
  }

  private String bracket() {
    StringBuilder set = new StringBuilder("[");
    at++;
    if (skip("^")) {
      set.append('^');
    }
    boolean first = true;
    while (first || peekOrFail() != ']') {
      first = false;
      element(set);
    }
    at++;
    return set.append(']').toString();
  }

  private char peekOrFail() {
    if (at == pattern.length()) {
      throw bad("missing ]");
    }
    return peek();
  }

  private void element(StringBuilder set) {
    if (skip("[:")) {
      set.append(named());
      return;
    }
    if (peekOrFail() == '\\'
        && at + 1 < pattern.length()
        && "dsw".indexOf(pattern.charAt(at + 1)) >= 0) {
      set.append(perlClass(pattern.charAt(at + 1)));
      at += 2;
      return;
    }
    int low = member();
    int high = low;
    if (at + 1 < pattern.length() && peek() == '-' && pattern.charAt(at + 1) != ']') {
      at++;
      high = member();
      if (high < low) {
        throw bad("range that ends before it begins");
      }
    }
    set.append(quote(low));
    if (high > low) {
      set.append('-').append(quote(high));
    }
  }

  private int member() {
    if (peekOrFail() != '\\') {
      return codePoint();
    }
    at++;
    if (at == pattern.length()) {
      throw bad("missing ]");
    }
    return escapedCharacter();
  }

  private String named() {
    int end = pattern.indexOf(":]", at);
    String name = end < 0 ? "" : pattern.substring(at, end);
    IntPredicate letter = Character::isLetter;
    if (name.isEmpty() || !name.chars().allMatch(letter)) {
      throw bad("[:" + name);
    }
    at = end + 2;
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
      default -> throw bad("[:" + name + ":]");
    };
  }

  private char peek() {
    return pattern.charAt(at);
  }

  private int codePoint() {
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /** A character that stands for itself, wherever it is put. */
  private static String quote(int c) {
    if (c < 0x80 && Character.isLetterOrDigit(c)) {
      return Character.toString(c);
    }
    return c <= 0xffff ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
  }

  private RequestException bad(String what) {
    return FilterException.invalid("matches", pattern, EXPECTED_SYNTAX + "; not: " + what);
  }
}
