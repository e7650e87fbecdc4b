// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads as much of LogQL as queries of logs and their counts need, by recursive descent. */
final class LogQlParser {

  private static final String EMPTY_COMPATIBLE =
      "parse error : queries require at least one regexp or equality matcher that does not have an"
          + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but"
          + " app=~\".+\" will";

  private final String text;
  private int at;

  private LogQlParser(String text) {
    this.text = text;
  }

  /**
   * A query of logs.
   *
   * @throws Refused if it is none
   */
  static LogQuery logs(String text) {
    LogQlParser parser = parser(text);
    LogQuery query = parser.query();
    parser.expectEnd();
    return query;
  }

  /** A query of counts. */
  static MetricQuery metric(String text) {
    LogQlParser parser = parser(text);
    parser.word("sum");
    parser.word("by");
    List<String> by = parser.names();
    parser.expect('(');
    String function = parser.name();
    parser.expect('(');
    LogQuery query = parser.query();
    parser.expect('[');
    Duration range = parser.duration();
    parser.expect(']');
    parser.expect(')');
    parser.expect(')');
    parser.expectEnd();
    return new MetricQuery(by, function.equals("bytes_over_time"), query, range);
  }

  private static LogQlParser parser(String text) {
    if (text.isBlank()) {
      throw Refused.badRequest("parse error : syntax error: unexpected $end");
    }
    return new LogQlParser(text);
  }

  private LogQuery query() {
    List<Matcher> selector = selector();
    List<Stage> stages = new ArrayList<>();
    while (peek() == '|' || text.startsWith("!=", at)) {
      stages.add(stage());
    }
    return new LogQuery(selector, stages);
  }

  private List<Matcher> selector() {
    List<Matcher> matchers = new ArrayList<>();
    expect('{');
    do {
      matchers.add(new Matcher(name(), op(), string()));
    } while (take(','));
    if (!take('}')) {
      throw unexpected(", expecting } or ,");
    }
    if (matchers.stream().allMatch(Matcher::isEmptyCompatible)) {
      throw Refused.badRequest(EMPTY_COMPATIBLE);
    }
    return matchers;
  }

  private Stage stage() {
    if (takeAll("|=")) {
      return new Stage.LineFilter(true, string());
    }
    if (takeAll("!=")) {
      return new Stage.LineFilter(false, string());
    }
    expect('|');
    String name = name();
    return switch (name) {
      case "json" -> json();
      case "line_format" -> new Stage.LineFormat(string());
      case "drop" -> {
        List<String> names = new ArrayList<>();
        do {
          names.add(name());
        } while (take(','));
        yield new Stage.Drop(names);
      }
      default -> labelFilter(name);
    };
  }

  private Stage labelFilter(String first) {
    List<Matcher> alternatives = new ArrayList<>();
    alternatives.add(new Matcher(first, op(), string()));
    while (takeAll("or ")) {
      alternatives.add(new Matcher(name(), op(), string()));
    }
    return new Stage.LabelFilter(alternatives);
  }

  private Stage json() {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    do {
      String name = name();
      expect('=');
      paths.put(name, new LogQlParser(string()).path());
    } while (take(','));
    return new Stage.JsonFields(paths);
  }

  /** Keys as in {@code a.b["c.d"]}. */
  private List<String> path() {
    List<String> keys = new ArrayList<>();
    do {
      if (take('[')) {
        keys.add(string());
        expect(']');
      } else {
        keys.add(name());
      }
    } while (take('.') || peek() == '[');
    expectEnd();
    return keys;
  }

  private Matcher.Op op() {
    if (takeAll("=~")) {
      return Matcher.Op.MATCHES;
    }
    if (takeAll("!~")) {
      return Matcher.Op.NOT_MATCHES;
    }
    if (takeAll("!=")) {
      return Matcher.Op.NOT_EQUAL;
    }
    expect('=');
    return Matcher.Op.EQUAL;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    expect('(');
    do {
      names.add(name());
    } while (take(','));
    expect(')');
    return names;
  }

  private void word(String word) {
    if (!name().equals(word)) {
      throw unexpected("");
    }
  }

  private String name() {
    blanks();
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
      at++;
    }
    if (at == start) {
      throw unexpected(", expecting IDENTIFIER");
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c, boolean first) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return letter || (!first && c >= '0' && c <= '9');
  }

  private String string() {
    char quote = peek();
    if (quote != '"' && quote != '`') {
      throw unexpected(", expecting STRING");
    }
    at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      value.append(quote == '"' && text.charAt(at) == '\\' ? escaped() : text.charAt(at++));
    }
    if (at == text.length()) {
      throw Refused.badRequest(position() + "literal not terminated");
    }
    at++;
    return value.toString();
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '"', '\\' -> c;
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> throw Refused.badRequest(position() + "invalid char escape");
    };
  }

  private Duration duration() {
    blanks();
    int start = at;
    while (at < text.length() && text.charAt(at) != ']') {
      at++;
    }
    return Duration.parse("PT" + text.substring(start, at).toUpperCase(Locale.ROOT));
  }

  private void expectEnd() {
    if (peek() != 0) {
      throw unexpected("");
    }
  }

  private void expect(char c) {
    if (!take(c)) {
      throw unexpected("");
    }
  }

  private boolean take(char c) {
    return takeAll(String.valueOf(c));
  }

  private boolean takeAll(String token) {
    blanks();
    boolean there = text.startsWith(token, at);
    at += there ? token.length() : 0;
    return there;
  }

  /** The next character that is not blank; NUL at the end. */
  private char peek() {
    blanks();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Refused unexpected(String expecting) {
    char next = peek();
    String token = next == 0 ? "$end" : String.valueOf(next);
    return Refused.badRequest(position() + "syntax error: unexpected " + token + expecting);
  }

  private String position() {
    return "parse error at line 1, col " + (at + 1) + ": ";
  }
}
