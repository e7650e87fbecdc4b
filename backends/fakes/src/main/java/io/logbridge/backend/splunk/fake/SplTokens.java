// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.util.ArrayList;
import java.util.List;

/** The words, quoted texts and signs of one command, read from the front. */
final class SplTokens {

  private static final String SIGNS = "()=,<>-/+";

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  /** A word or a sign, or the content of a quoted text. */
  record Token(String text, boolean quoted) {

    boolean is(String sign) {
      return !quoted && text.equals(sign);
    }
  }

  /** The commands of a pipeline, cut at the pipes that are not quoted. */
  static List<String> commands(String search) {
    List<String> commands = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < search.length(); i++) {
      char c = search.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '|' && !quoted) {
        commands.add(search.substring(start, i).strip());
        start = i + 1;
      } else if (!quoted && (c == '`' || c == '[')) {
        throw new SplException("Error in 'SearchParser': macros and subsearches are not for this");
      }
    }
    if (quoted) {
      throw new SplException("Error in 'SearchParser': Unbalanced quotes.");
    }
    commands.add(search.substring(start).strip());
    return commands;
  }

  /**
   * Reads a command.
   *
   * @param arithmetic whether {@code -}, {@code /} and the like are signs, and not part of words
   */
  static SplTokens of(String command, boolean arithmetic) {
    SplTokens tokens = new SplTokens();
    int i = 0;
    while (i < command.length()) {
      char c = command.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if (c == '"') {
        i = tokens.quoted(command, i + 1);
      } else if (isSign(c, arithmetic)) {
        tokens.tokens.add(new Token(String.valueOf(c), false));
        i++;
      } else {
        int start = i;
        while (i < command.length()
            && !Character.isWhitespace(command.charAt(i))
            && command.charAt(i) != '"'
            && !isSign(command.charAt(i), arithmetic)) {
          i++;
        }
        tokens.tokens.add(new Token(command.substring(start, i), false));
      }
    }
    return tokens;
  }

  private static boolean isSign(char c, boolean arithmetic) {
    return SIGNS.indexOf(c) >= 0 && (arithmetic || "()=,".indexOf(c) >= 0);
  }

  private int quoted(String command, int start) {
    StringBuilder text = new StringBuilder();
    int i = start;
    while (command.charAt(i) != '"') {
      if (command.charAt(i) == '\\') {
        i++;
      }
      text.append(command.charAt(i));
      i++;
    }
    tokens.add(new Token(text.toString(), true));
    return i + 1;
  }

  boolean hasMore() {
    return next < tokens.size();
  }

  /** Whether the next token is this word or sign, which is taken then. */
  boolean take(String sign) {
    boolean taken = hasMore() && tokens.get(next).is(sign);
    next += taken ? 1 : 0;
    return taken;
  }

  boolean isNext(String sign) {
    return hasMore() && tokens.get(next).is(sign);
  }

  Token take() {
    if (!hasMore()) {
      throw new SplException("Error in 'SearchParser': the search ends too early.");
    }
    return tokens.get(next++);
  }

  void require(String... signs) {
    for (String sign : signs) {
      if (!take(sign)) {
        throw new SplException("Error in 'SearchParser': expected " + sign + ".");
      }
    }
  }

  void requireEnd() {
    if (hasMore()) {
      throw new SplException("Error in 'SearchParser': unexpected " + take().text() + ".");
    }
  }
}
