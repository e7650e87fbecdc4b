// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** Reads the values of results. */
final class Values {

  private Values() {}

  /**
   * The value that the parser stands at, as text. A field that is both in the index and in the text
   * of an event has several, of which the first is taken.
   *
   * @return an empty text for {@code null} and for what is no value
   */
  static String first(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return scalar(parser);
    }
    String first = parser.nextToken() == JsonToken.END_ARRAY ? "" : scalar(parser);
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      parser.nextToken();
      parser.skipChildren();
    }
    return first;
  }

  /** A whole number as text; Splunk may write one with a fraction of zeros. */
  static long number(JsonParser parser, String text) {
    return number(parser, text, 0, text.length());
  }

  /** The same of a part of a text. */
  static long number(JsonParser parser, String text, int from, int to) {
    try {
      boolean plain = text.indexOf('.', from, to) < 0;
      return plain
          ? Long.parseLong(text, from, to, 10)
          : new BigDecimal(text.substring(from, to)).longValueExact();
    } catch (ArithmeticException | NumberFormatException _) {
      throw new StreamReadException(parser, "no whole number");
    }
  }

  private static String scalar(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      return parser.getString();
    }
    parser.skipChildren();
    return "";
  }
}
