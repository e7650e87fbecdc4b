// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import java.io.InputStream;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** What the readers of answers and lines have in common. */
public final class Json {

  /** The length of an answer is bounded before it is parsed. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private Json() {}

  /** A parser of an answer; the caller closes it. */
  public static JsonParser parser(InputStream in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }

  /** A parser of a text; the caller closes it. */
  public static JsonParser parser(String text) {
    return FACTORY.createParser(ObjectReadContext.empty(), text);
  }

  /**
   * The object or array that the parser stands at, as compact JSON, numbers with all their digits;
   * the parser is left at its end.
   */
  public static String copy(JsonParser parser) {
    StringWriter writer = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), writer)) {
      generator.copyCurrentStructureExact(parser);
    }
    return writer.toString();
  }

  /** Checks the current token. */
  public static void expect(JsonParser parser, JsonToken expected) {
    if (parser.currentToken() != expected) {
      throw new StreamReadException(
          parser, parser.currentToken() + " (expected: " + expected + ")");
    }
  }

  /** Checks that nothing follows the value that has been read. */
  public static void expectEnd(JsonParser parser) {
    if (parser.nextToken() != null) {
      throw new StreamReadException(parser, parser.currentToken() + " (expected: the end)");
    }
  }
}
