// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.paging.Window;
import io.logbridge.backend.shipped.TimeText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** Reads the rows of a search for events. One is used for all rows of an answer. */
final class EventParser {

  /** How far the shipper's own time may be from Splunk's to be the same moment: it rounds. */
  private static final long ROUNDING = 1_000_000L;

  private final Line line;

  private long micros;
  private boolean timed;
  private long indexed;
  private String address = "";
  private String bucket = "";
  private final Repeated buckets = new Repeated();

  EventParser(Line line) {
    this.line = line;
  }

  /**
   * Reads a row.
   *
   * @param parser at the beginning of its object; left at its end
   * @return {@code null} if it is another container's
   */
  @Nullable Event parse(JsonParser parser) {
    clear();
    boolean raw = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case Spl.TIME -> time(parser);
        case "_raw" -> {
          raw = true;
          line.raw(parser);
        }
        case "_indextime" -> indexed = Values.number(parser, Values.first(parser));
        case "_cd" -> address = Values.first(parser);
        case "_bkt" -> bucket = buckets.first(parser);
        default -> line.field(name, parser);
      }
    }
    if (!timed || !raw) {
      throw new StreamReadException(parser, "an event without time or text");
    }
    return line.isOfContainer() ? event(parser) : null;
  }

  /** When the row that was read last was filed, in milliseconds since 1970. */
  long millis() {
    return Math.floorDiv(micros, 1000);
  }

  private void clear() {
    line.clear();
    micros = 0;
    timed = false;
    indexed = 0;
    address = "";
    bucket = "";
  }

  private Event event(JsonParser parser) {
    long filed = micros * 1000;
    long written = line.nanos() == TimeText.UNREADABLE ? filed : line.nanos();
    // A shipper that writes another time into the event than beside it has Splunk's believed.
    long shown = Math.abs(written - filed) <= ROUNDING ? written : filed;
    return new Event(
        new LogEntry(Window.instant(shown), line.stream(), line.text(), line.partial()),
        micros,
        written,
        line.tie(),
        indexed,
        address(parser),
        line.decoded());
  }

  private void time(JsonParser parser) {
    String text = Values.first(parser);
    int dot = text.indexOf('.');
    if (dot < 0 || text.length() != dot + 7) {
      throw new StreamReadException(parser, "a time that is not in seconds with six digits");
    }
    long seconds = Values.number(parser, text, 0, dot);
    micros = seconds * 1_000_000 + Values.number(parser, text, dot + 1, text.length());
    timed = true;
  }

  /**
   * Where the event is, from {@code bucket:offset}: numbers, which as text would not be in order.
   */
  private Event.Address address(JsonParser parser) {
    int colon = address.indexOf(':');
    if (colon < 0) {
      return new Event.Address(0, 0, bucket);
    }
    return new Event.Address(
        Values.number(parser, address, 0, colon),
        Values.number(parser, address, colon + 1, address.length()),
        bucket);
  }
}
