// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import io.logbridge.adapter.error.RequestException;
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

  private static final Pattern LEADING_FLAGS = Pattern.compile("[(][?][smU]*i[ismU]*");

  private final RegexCursor in;
  private final RegexCharacters characters;
  private final RegexBrackets brackets;
  private final StringBuilder out = new StringBuilder();
  private boolean dotAll;
  private boolean multiLine;
  private int depth;

  private RegexTranslator(String pattern) {
    this.in = new RegexCursor(pattern);
    this.characters = new RegexCharacters(in);
    this.brackets = new RegexBrackets(in);
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
    if (!in.isAtEnd()) {
      throw in.bad("unmatched )");
    }
    if (size > MAX_SIZE) {
      throw in.bad("too large");
    }
    return out.toString();
  }

  /** PostgreSQL can ignore the case of a whole expression only. */
  private void leadingFlags() {
    String flags = in.until(")");
    if (flags != null && LEADING_FLAGS.matcher(flags).matches()) {
      in.skip(flags + ")");
      out.append("(?i)");
      dotAll = flags.indexOf('s') > 0;
      multiLine = flags.indexOf('m') > 0;
    }
  }

  /** Reads up to the end of the group; the result is how large the automaton is about. */
  private long alternatives() {
    if (++depth > MAX_DEPTH) {
      throw in.bad("nested deeper than " + MAX_DEPTH);
    }
    long size = sequence();
    while (in.skip("|")) {
      out.append('|');
      size += sequence() + 1;
    }
    depth--;
    return size;
  }

  private long sequence() {
    long size = 1;
    while (!in.isAtEnd() && in.peek() != '|' && in.peek() != ')') {
      int start = out.length();
      long atom = atom();
      size += repeated(start, atom);
    }
    return size;
  }

  private long repeated(int start, long atom) {
    int from = in.position();
    int most = quantifier();
    if (most < 0) {
      return atom;
    }
    String quantifier = in.since(from);
    in.skip("?"); // reluctant: finds something in the same texts
    if (isQuantifier()) {
      throw in.bad("repetition of a repetition");
    }
    // In a group, so that anchors and whole flags can be repeated too.
    out.insert(start, "(?:").append(')').append(quantifier);
    return atom * Math.max(1, most) + 1;
  }

  private boolean isQuantifier() {
    int from = in.position();
    boolean result = quantifier() >= 0;
    in.position(from);
    return result;
  }

  /** Reads a quantifier; the result is how often it repeats, 1 for no limit, -1 if it is none. */
  private int quantifier() {
    if (in.isAtEnd()) {
      return -1;
    }
    return switch (in.peek()) {
      case '*', '+', '?' -> {
        in.next();
        yield 1;
      }
      case '{' -> bounds();
      default -> -1;
    };
  }

  private int bounds() {
    String brace = in.until("}");
    String inside = brace == null ? "" : brace.substring(1);
    if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
      return -1; // a brace like any other character
    }
    int comma = inside.indexOf(',');
    int least = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
    boolean open = comma == inside.length() - 1;
    int most = comma < 0 || open ? least : Integer.parseInt(inside.substring(comma + 1));
    if (least > MAX_REPEAT || most > MAX_REPEAT || most < least) {
      throw in.bad("{" + inside + "}: PostgreSQL counts to " + MAX_REPEAT);
    }
    in.skip(brace + "}");
    return most;
  }

  private long atom() {
    return switch (in.peek()) {
      case '(' -> group();
      case '[' -> {
        out.append(brackets.translate());
        yield 2;
      }
      case '.' -> one(dotAll ? "." : "[^\\n]");
      case '^' -> one(multiLine ? "(?:^|(?<=\\n))" : "^");
      case '$' -> one(multiLine ? "(?:$|(?=\\n))" : "$");
      case '\\' -> escape();
      case '*', '+', '?' -> throw in.bad("nothing to repeat");
      default -> {
        out.append(RegexCharacters.quote(in.codePoint()));
        yield 1;
      }
    };
  }

  /** For one character of the pattern. */
  private long one(String translation) {
    in.next();
    out.append(translation);
    return 1;
  }

  private long group() {
    in.next();
    boolean outerDotAll = dotAll;
    boolean outerMultiLine = multiLine;
    boolean lookAhead = false;
    int from = in.position();
    if (in.skip("?=") || in.skip("?!")) {
      lookAhead = true;
      out.append('(').append(in.since(from));
    } else if (in.skip("?P<") || in.skip("?<")) {
      name();
      out.append("(?:");
    } else if (in.skip("?")) {
      if (flags()) {
        return 0; // they hold to the end of the group that is around them
      }
      out.append("(?:");
    } else {
      out.append("(?:");
    }
    long size = alternatives();
    if (!in.skip(")")) {
      throw in.bad("missing )");
    }
    out.append(')');
    dotAll = outerDotAll;
    multiLine = outerMultiLine;
    if (lookAhead && isQuantifier()) {
      throw in.bad("repeated look-ahead");
    }
    return size;
  }

  private void name() {
    String name = in.until(">");
    if (name == null || !name.matches("\\w+")) {
      throw in.bad("name of a group");
    }
    in.skip(name + ">");
  }

  /** Reads flags; the result is whether they stand alone, without a group of their own. */
  private boolean flags() {
    boolean value = true;
    while (!in.isAtEnd()) {
      char c = in.next();
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
        default -> throw in.bad("flag " + c + " other than at the beginning");
      }
    }
    throw in.bad("missing )");
  }

  private long escape() {
    in.next();
    if (in.isAtEnd()) {
      throw in.bad("\\ at the end");
    }
    return switch (in.peek()) {
      case 'b' -> one("\\y");
      case 'B' -> one("\\Y");
      case 'A' -> one("\\A");
      case 'z' -> one("\\Z");
      case 'd', 's', 'w' -> one("[" + RegexCharacters.perlClass(in.peek()) + "]");
      case 'D', 'S', 'W' ->
          one("[^" + RegexCharacters.perlClass(Character.toLowerCase(in.peek())) + "]");
      case 'Q' -> literally();
      default -> {
        out.append(RegexCharacters.quote(characters.escaped()));
        yield 1;
      }
    };
  }

  private long literally() {
    in.next();
    String quoted = in.until("\\E");
    String text = quoted == null ? in.rest() : quoted;
    if (quoted != null) {
      in.skip(quoted + "\\E");
    }
    out.append("(?:");
    text.codePoints().forEach(c -> out.append(RegexCharacters.quote(c)));
    out.append(')');
    return 1L + text.length();
  }
}
