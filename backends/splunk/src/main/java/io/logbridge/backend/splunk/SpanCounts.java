// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Takes the numbers of events in stretches of a window. */
final class SpanCounts implements RowReader<SortedMap<Long, Long>> {

  private final SortedMap<Long, Long> counts = new TreeMap<>();

  @Override
  public boolean row(JsonParser parser) {
    String span = "";
    String count = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case Spl.SPAN -> span = Values.first(parser);
        case "count" -> count = Values.first(parser);
        default -> parser.skipChildren();
      }
    }
    counts.put(Values.number(parser, span), Values.number(parser, count));
    return true;
  }

  @Override
  public SortedMap<Long, Long> result() {
    return counts;
  }
}
