// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;

/** Takes events, up to a number and a length of text. */
final class EventRows implements RowReader<Rows> {

  private final EventParser events;
  private final int maxRows;
  private final long maxChars;

  private final List<Event> taken = new ArrayList<>();
  private long oldest = Long.MAX_VALUE;
  private boolean newestFirst = true;
  private long chars;
  private int count;

  EventRows(EventParser events, int maxRows, long maxChars) {
    this.events = events;
    this.maxRows = maxRows;
    this.maxChars = maxChars;
  }

  @Override
  public boolean row(JsonParser parser) {
    Event event = events.parse(parser);
    count++;
    newestFirst &= events.millis() <= oldest;
    oldest = Math.min(oldest, events.millis());
    if (event != null) {
      chars += event.entry().text().length();
      taken.add(event);
    }
    // Of rows there is one more than allowed at most: the search itself ends there.
    return chars <= maxChars;
  }

  @Override
  public Rows result() {
    return new Rows(taken, count, oldest, newestFirst, isWhole());
  }

  private boolean isWhole() {
    return count <= maxRows && chars <= maxChars;
  }
}
