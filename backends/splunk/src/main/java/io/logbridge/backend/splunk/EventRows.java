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
  private final Runnable begun;

  private final List<Event> taken = new ArrayList<>();
  private long oldest = Long.MAX_VALUE;
  private boolean newestFirst = true;
  private long chars;
  private int count;

  /**
   * @param begun is run when the first comes
   */
  EventRows(EventParser events, int maxRows, long maxChars, Runnable begun) {
    this.events = events;
    this.maxRows = maxRows;
    this.maxChars = maxChars;
    this.begun = begun;
  }

  @Override
  public boolean row(JsonParser parser) {
    if (count == 0) {
      begun.run();
    }
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
    return new Rows(taken, count, oldest, newestFirst, isWhole(), chars);
  }

  private boolean isWhole() {
    return count <= maxRows && chars <= maxChars;
  }
}
