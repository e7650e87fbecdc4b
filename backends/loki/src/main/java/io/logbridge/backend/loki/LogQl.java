// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A log query that is made of names and values only. Immutable: every method returns another query.
 *
 * @see <a href="https://grafana.com/docs/loki/latest/query/log_queries/">Log queries</a>
 */
final class LogQl {

  /** The syntax of a label's name. */
  static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final List<String> matchers;
  private final List<String> stages;

  private LogQl(List<String> matchers, List<String> stages) {
    this.matchers = matchers;
    this.stages = stages;
  }

  /**
   * The entries of all streams with this label.
   *
   * @param value not empty: Loki refuses a query that would match streams without the label
   */
  static LogQl streams(String label, String value) {
    return new LogQl(List.of(), List.of()).and(label, value);
  }

  /** Those of the streams that have this label too. */
  LogQl and(String label, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(label + ": \"\" (expected: a value)");
    }
    return new LogQl(more(matchers, name(label) + "=" + quote(value)), stages);
  }

  /** Those of the entries that have this label, as metadata or of their stream. */
  LogQl where(String label, String value) {
    return new LogQl(matchers, more(stages, " | " + name(label) + "=" + quote(value)));
  }

  /**
   * Those of the entries whose line is a document of JSON with this text in a field, be its keys
   * nested or one key with dots: {@code {"a":{"b":"text"}}} or {@code {"a.b":"text"}}.
   *
   * @param name for the field within the query; no label's
   * @param field keys with dots between
   */
  LogQl whereJson(String name, String field, String value) {
    List<String> nested = List.of(field.split("\\.", -1));
    String json = " | json " + name(name) + "=" + quote(path(nested));
    String filter = " | " + name + "=" + quote(value);
    if (nested.size() > 1) {
      String flat = name + "_flat";
      json += "," + flat + "=" + quote(path(List.of(field)));
      filter += " or " + flat + "=" + quote(value);
    }
    return new LogQl(matchers, more(stages, json + filter));
  }

  /** The path of a field as the stage {@code json} has it. */
  private static String path(List<String> keys) {
    StringBuilder path = new StringBuilder();
    for (String key : keys) {
      if (NAME.matcher(key).matches()) {
        path.append(path.isEmpty() ? "" : ".").append(key);
      } else {
        path.append('[').append(quote(key)).append(']');
      }
    }
    return path.toString();
  }

  /** Those of the entries whose line has this text in it. */
  LogQl containing(String text) {
    return new LogQl(matchers, more(stages, " |= " + quote(text)));
  }

  @Override
  public String toString() {
    return "{" + String.join(",", matchers) + "}" + String.join("", stages);
  }

  private static List<String> more(List<String> parts, String part) {
    List<String> more = new ArrayList<>(parts);
    more.add(part);
    return List.copyOf(more);
  }

  private static String name(String label) {
    if (!NAME.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "label: \"" + label + "\" (expected: letters, digits and underscores)");
    }
    return label;
  }

  /**
   * A string literal, which has the escapes of Go's.
   *
   * @throws IllegalArgumentException if the value cannot be written in UTF-8
   */
  private static String quote(String value) {
    StringBuilder literal = new StringBuilder("\"");
    value.codePoints().forEach(character -> append(literal, character));
    return literal.append('"').toString();
  }

  private static void append(StringBuilder literal, int character) {
    if (character == '"' || character == '\\') {
      literal.append('\\').appendCodePoint(character);
    } else if (Character.isISOControl(character)) {
      literal.append(String.format("\\u%04x", character));
    } else if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
      throw new IllegalArgumentException("half of a character (expected: text in UTF-8)");
    } else {
      literal.appendCodePoint(character);
    }
  }
}
