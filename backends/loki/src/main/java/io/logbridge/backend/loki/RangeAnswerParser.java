// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.loki.Entries.Line;
import io.logbridge.backend.paging.Window;
import io.logbridge.backend.shipped.Json;
import io.logbridge.backend.shipped.LineDecoder;
import io.logbridge.backend.shipped.ShippedLine;
import io.logbridge.backend.shipped.TieKey;
import io.logbridge.backend.shipped.TimeText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads the answer to {@code query_range} as a stream, straight into entries. One parser reads one
 * answer.
 *
 * @see <a
 *     href="https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time">Query
 *     logs within a range of time</a>
 */
final class RangeAnswerParser {

  /** Of the largest {@code long}. */
  private static final int DIGITS = 19;

  private final LineDecoder decoder;
  private final Map<String, LabelRole> roles;
  private final long from;

  private final List<Line> lines = new ArrayList<>();
  private final List<Long> nobodys = new ArrayList<>();
  private final Map<LabelRole, String> ofStream = new EnumMap<>(LabelRole.class);
  private final Map<LabelRole, String> ofEntry = new EnumMap<>(LabelRole.class);
  private boolean successful;
  private boolean hasStreams;
  private int returned;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long textChars;

  /**
   * @param roles of the labels and metadata that entries are made of
   * @param from the time before which entries have been read already, in nanoseconds since 1970;
   *     they only count as returned
   */
  RangeAnswerParser(LineDecoder decoder, Map<String, LabelRole> roles, long from) {
    this.decoder = decoder;
    this.roles = roles;
    this.from = from;
  }

  /**
   * Reads to the end.
   *
   * @throws tools.jackson.core.JacksonException if it is not such an answer
   */
  Entries parse(InputStream in) {
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      Json.expect(parser, JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "status" -> successful = parser.getString().equals("success");
          case "data" -> data(parser);
          default -> parser.skipChildren();
        }
      }
      Json.expectEnd(parser);
      if (!successful || !hasStreams) {
        throw new StreamReadException(parser, "no streams (expected: success)");
      }
      return new Entries(lines, nobodys, returned, first, last, textChars);
    }
  }

  private void data(JsonParser parser) {
    Json.expect(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "resultType" -> hasStreams = parser.getString().equals("streams");
        case "result" -> result(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void result(JsonParser parser) {
    Json.expect(parser, JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      stream(parser);
    }
  }

  private void stream(JsonParser parser) {
    Json.expect(parser, JsonToken.START_OBJECT);
    ofStream.clear();
    boolean hasValues = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "stream" -> {
          if (hasValues) {
            throw new StreamReadException(parser, "values (expected: behind the stream)");
          }
          labels(parser, ofStream);
        }
        case "values" -> {
          values(parser);
          hasValues = true;
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void labels(JsonParser parser, Map<LabelRole, String> found) {
    Json.expect(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      LabelRole role = roles.get(parser.currentName());
      parser.nextToken();
      if (role == null) {
        parser.skipChildren();
      } else {
        found.put(role, parser.getString());
      }
    }
  }

  private void values(JsonParser parser) {
    Json.expect(parser, JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Json.expect(parser, JsonToken.START_ARRAY);
      value(parser);
    }
  }

  private void value(JsonParser parser) {
    parser.nextToken();
    Json.expect(parser, JsonToken.VALUE_STRING);
    long nanos = nanos(parser);
    parser.nextToken();
    Json.expect(parser, JsonToken.VALUE_STRING);
    String stored = parser.getString();
    ofEntry.clear();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      categories(parser);
    }
    accept(nanos, stored);
  }

  /** Metadata and what a parser stage found; we ask for no such stage. */
  private void categories(JsonParser parser) {
    Json.expect(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("structuredMetadata")) {
        labels(parser, ofEntry);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static long nanos(JsonParser parser) {
    char[] chars = parser.getStringCharacters();
    int start = parser.getStringOffset();
    int length = parser.getStringLength();
    boolean fits = length > 0 && length <= DIGITS;
    long number = 0;
    for (int i = start; fits && i < start + length; i++) {
      int digit = chars[i] - '0';
      fits = digit >= 0 && digit <= 9;
      number = 10 * number + digit;
    }
    if (!fits || number < 0) {
      throw new StreamReadException(parser, "no timestamp (expected: nanoseconds)");
    }
    return number;
  }

  private void accept(long nanos, String stored) {
    returned++;
    first = Math.min(first, nanos);
    last = Math.max(last, nanos);
    if (nanos < from) {
      return;
    }
    ShippedLine line = decoder.decode(stored);
    if (!decoder.isOfContainer()) {
      if (decoder.isAnybodys()) {
        nobodys.add(nanos);
      }
      return;
    }
    LogStream stream = line.stream();
    if (stream == LogStream.UNKNOWN) {
      stream = LogStream.of(label(LabelRole.STREAM));
    }
    String partial = label(LabelRole.PARTIAL);
    boolean goesOn = line.partial() || partial.equals("P") || partial.equals("true");
    textChars += line.text().length();
    lines.add(
        new Line(
            nanos,
            ownNanos(nanos, line.nanos()),
            line.tie() != null ? line.tie() : tie(label(LabelRole.SEQUENCE)),
            line.decoded(),
            new LogEntry(Window.instant(nanos), stream, line.text(), goesOn)));
  }

  /** The time in the line, if it is the same with more digits than the shipper sent to Loki. */
  private static long ownNanos(long nanos, long inLine) {
    boolean wholeMilli = Window.floorToMilli(nanos) == nanos;
    return wholeMilli && inLine != TimeText.UNREADABLE && Window.floorToMilli(inLine) == nanos
        ? inLine
        : nanos;
  }

  private String label(LabelRole role) {
    String value = ofEntry.get(role);
    return value != null ? value : ofStream.getOrDefault(role, "");
  }

  private static @Nullable TieKey tie(String sequence) {
    try {
      return sequence.isEmpty() ? null : new TieKey("", Long.parseLong(sequence));
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
