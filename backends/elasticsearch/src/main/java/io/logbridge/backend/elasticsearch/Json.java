// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.io.InputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** What the readers of answers have in common. */
final class Json {

  /** The length of an answer is bounded before it is parsed. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private Json() {}

  static JsonParser parser(InputStream in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }

  /** Checks the current token. */
  static void expect(JsonParser parser, JsonToken expected) {
    if (parser.currentToken() != expected) {
      throw new StreamReadException(
          parser, parser.currentToken() + " (expected: " + expected + ")");
    }
  }

  /** Checks that nothing follows the value that has been read. */
  static void expectEnd(JsonParser parser) {
    if (parser.nextToken() != null) {
      throw new StreamReadException(parser, parser.currentToken() + " (expected: the end)");
    }
  }
}
