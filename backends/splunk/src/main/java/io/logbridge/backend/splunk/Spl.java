// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A search in Splunk's language, built so that no value can become anything but a value. Every
 * search names its index, so that no role's default decides what is searched. Immutable: every
 * method returns another search.
 *
 * <p>The window of time is not part of it: it goes with the request, since a window in the search
 * would silently win.
 */
final class Spl {

  /** The field that {@link #withTime()} makes. */
  static final String TIME = "logbridge_time";

  /** The field that {@link #countedBySpan} counts by. */
  static final String SPAN = "logbridge_span";

  /** The field that {@link #oldestIn} finds, in seconds since 1970. */
  static final String FIRST_TIME = "firstTime";

  private static final Pattern INDEX = Pattern.compile("[a-z0-9_*][a-z0-9_*-]{0,200}");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:/-]{0,199}");

  private final String text;

  private Spl(String text) {
    this.text = text;
  }

  /** The events of these indices. */
  static Spl eventsIn(List<String> indices) {
    String alternatives = indices.stream().map(Spl::index).collect(Collectors.joining(" OR "));
    return new Spl("search (" + alternatives + ")");
  }

  /** One row for each of these indices that exists and that the user may search. */
  static Spl indicesAmong(List<String> indices) {
    String names = indices.stream().map(Spl::index).collect(Collectors.joining(" "));
    return new Spl("| eventcount summarize=false " + names + " | fields index");
  }

  /** When the oldest event was of each kind that these indices have, from what they say of it. */
  static Spl oldestIn(List<String> indices) {
    String names = indices.stream().map(Spl::index).collect(Collectors.joining(" "));
    return new Spl("| metadata type=sourcetypes " + names + " | fields " + FIRST_TIME);
  }

  /** Of these, the events whose text has these words, one after the other, in any case. */
  Spl with(String words) {
    return new Spl(text + " " + literal(words));
  }

  /** Of these, the events with this value in a field, one of several, of the index. */
  Spl withIndexed(List<String> fields, String value) {
    String alternatives =
        fields.stream()
            .map(name -> field(name) + "::" + literal(value))
            .collect(Collectors.joining(" OR "));
    return new Spl(text + (fields.size() == 1 ? " " + alternatives : " (" + alternatives + ")"));
  }

  /** The same, with those that lack the field: none of several may have another value. */
  Spl withIndexedOrNone(List<String> fields, String value) {
    String each =
        fields.stream()
            .map(Spl::field)
            .map(name -> " (" + name + "::" + literal(value) + " OR NOT " + name + "=*)")
            .collect(Collectors.joining());
    return new Spl(text + each);
  }

  /** Of these, the events whose text matches a regular expression somewhere. */
  Spl matching(String regex) {
    return pipe("regex _raw=" + quote(regex));
  }

  /** Of these, the events of a window that is finer than a request's can be. */
  Spl within(long startMicros, long endMicros) {
    return pipe("where _time>=" + seconds(startMicros) + " AND _time<" + seconds(endMicros));
  }

  /** Of these, so many at most: the newest. */
  Spl newest(int rows) {
    return pipe("head " + rows);
  }

  /**
   * With their time as a number: Splunk writes {@code _time} as a date that ends at milliseconds.
   */
  Spl withTime() {
    return pipe("eval " + TIME + "=strftime(_time,\"%s.%6N\")");
  }

  /** Only these fields of them. */
  Spl fields(List<String> names) {
    List<String> written = new ArrayList<>();
    names.forEach(name -> written.add(quote(field(name))));
    return pipe("fields " + String.join(", ", written));
  }

  /**
   * How many of these there are in each stretch of a window; stretches without any are left out.
   *
   * @param start where stretch 0 begins, in milliseconds since 1970
   * @param length of a stretch, in milliseconds
   */
  Spl countedBySpan(long start, long length) {
    return pipe("eval "
            + SPAN
            + "=floor((_time-"
            + TimeSpan.seconds(start)
            + ")/"
            + TimeSpan.seconds(length)
            + ")")
        .pipe("stats count by " + SPAN);
  }

  /** Removes these from the index: a search that finds them finds them no more. */
  Spl deleted() {
    return pipe("delete");
  }

  private Spl pipe(String command) {
    return new Spl(text + " | " + command);
  }

  private static String index(String name) {
    if (!INDEX.matcher(name).matches()) {
      throw new IllegalArgumentException("index: \"" + name + "\" (expected: " + INDEX + ")");
    }
    return "index=" + quote(name);
  }

  private static String field(String name) {
    if (!isField(name)) {
      throw new IllegalArgumentException("field: \"" + name + "\" (expected: " + FIELD + ")");
    }
    return name;
  }

  /** Whether this can be the name of a field. */
  static boolean isField(String name) {
    return FIELD.matcher(name).matches();
  }

  /** Whether this can be the name of an index, or a pattern for names. */
  static boolean isIndex(String name) {
    return INDEX.matcher(name).matches();
  }

  /** An asterisk is a wildcard, also between quotes. */
  private static String literal(String value) {
    if (value.isEmpty() || value.indexOf('*') >= 0) {
      throw new IllegalArgumentException("value: \"" + value + "\" (expected: some, without *)");
    }
    return quote(value);
  }

  private static String quote(String value) {
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a value with control characters (expected: none)");
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String seconds(long micros) {
    return micros / 1_000_000 + "." + String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
  }

  /** As it is sent. */
  @Override
  public String toString() {
    return text;
  }
}
