// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import java.util.function.BiConsumer;

/**
 * Pairs with blanks between them: {@code log="two words" stream=stdout}. A value is in quotes if it
 * has a blank or an equals sign; in all values a backslash stands before quotes and backslashes.
 *
 * @see <a
 *     href="https://grafana.com/docs/loki/latest/send-data/fluentd/#line_format">line_format</a>
 */
final class KeyValueText {

  private final String text;
  private int at;

  private KeyValueText(String text) {
    this.text = text;
  }

  /**
   * Hands out the pairs in their order.
   *
   * @return whether the whole text consists of pairs; if not, some may have been handed out
   */
  static boolean read(String text, BiConsumer<String, String> pairs) {
    return new KeyValueText(text).readAll(pairs);
  }

  private boolean readAll(BiConsumer<String, String> pairs) {
    while (true) {
      int equals = text.indexOf('=', at);
      if (equals <= at || text.substring(at, equals).indexOf(' ') >= 0) {
        return false;
      }
      String key = text.substring(at, equals);
      at = equals + 1;
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      if (quoted) {
        at++;
      }
      String value = value(quoted ? '"' : ' ');
      if (quoted && !closeQuote()) {
        return false;
      }
      pairs.accept(key, value);
      if (at == text.length()) {
        return true;
      }
      if (text.charAt(at++) != ' ') {
        return false;
      }
    }
  }

  private String value(char end) {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != end) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    return value.toString();
  }

  private boolean closeQuote() {
    return at < text.length() && text.charAt(at++) == '"';
  }
}
