// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.shipped.Json;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** Reads the answer to {@code labels}. It has no {@code data} at all if there are none. */
final class LabelsParser {

  private LabelsParser() {}

  /**
   * Reads to the end.
   *
   * @throws tools.jackson.core.JacksonException if it is not such an answer
   */
  static Set<String> parse(InputStream in) {
    Set<String> labels = new TreeSet<>();
    boolean successful = false;
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "status" -> successful = parser.getString().equals("success");
          case "data" -> names(parser, labels);
          default -> parser.skipChildren();
        }
      }
      Json.expectEnd(parser);
      if (!successful) {
        throw new StreamReadException(parser, "no status (expected: success)");
      }
    }
    return labels;
  }

  private static void names(JsonParser parser, Set<String> labels) {
    while (parser.nextToken() == JsonToken.VALUE_STRING) {
      labels.add(parser.getString());
    }
  }
}
