// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.logbridge.benchmarks.BareLoop.Line;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Gets the lines out of an answer that has an object for each.
 *
 * @param object the name of that object
 * @param time its property with the time
 * @param text its property with the text
 */
record AnswerLines(String object, String time, String text) {

  private static final JsonFactory JSON = new JsonFactory();

  /** All lines, in the order of the answer. */
  List<Line> of(byte[] answer) {
    List<Line> lines = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.PROPERTY_NAME
            && parser.currentName().equals(object)) {
          lines.add(line(parser));
        }
      }
    }
    return lines;
  }

  private Line line(JsonParser parser) {
    String writtenAt = "";
    String written = "";
    parser.nextToken();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(time)) {
        writtenAt = parser.getString();
      } else if (name.equals(text)) {
        written = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
    return new Line(writtenAt, written);
  }
}
