// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.shipped.FieldRole;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The searches for the events of one container. */
final class EventSearch {

  private final SplunkClient client;
  private final EventFields fields;
  private final ContainerRef container;
  private final Spl events;

  EventSearch(SplunkClient client, SplunkSettings settings, ContainerRef container) {
    this.client = client;
    this.fields = settings.fields();
    this.container = container;
    this.events = events(settings, container);
  }

  /**
   * The newest events of a window.
   *
   * @param maxRows of which there may be more: then the result is not whole
   * @param maxChars of text, with which it is the same
   * @param begun is run when the first of them comes
   */
  Rows newest(TimeSpan span, int maxRows, long maxChars, Deadline deadline, Runnable begun)
      throws InterruptedException {
    return client.run(
        search(span, maxRows),
        deadline,
        () -> new EventRows(new EventParser(line()), maxRows, maxChars, begun));
  }

  /** What is asked for the newest events of a window. */
  Search search(TimeSpan span, int maxRows) {
    return new Search("search", events.newest(maxRows + 1).withTime().fields(wanted()), span);
  }

  /** How many events there are in each of the pieces of a window. */
  SortedMap<Long, Long> counts(TimeSpan span, Deadline deadline) throws InterruptedException {
    Spl spl = events.countedBySpan(span.start(), WindowPlan.lengthOfPieces(span));
    return client.run(new Search("count", spl, span), deadline, SpanCounts::new);
  }

  /**
   * The events that may be the container's. Bare lines are found by their fields, exactly. Records
   * in JSON are found by words that they have to hold, which others may hold too: Splunk looks for
   * fields only in the first few kilobytes of an event, so that those behind a long line would not
   * be found.
   */
  static Spl events(SplunkSettings settings, ContainerRef container) {
    EventFields fields = settings.fields();
    Spl all = Spl.eventsIn(settings.indices().of(container));
    if (fields.json()) {
      return all.with(container.namespace()).with(container.pod()).with(container.container());
    }
    return all.withIndexed(fields.get(FieldRole.NAMESPACE), container.namespace())
        .withIndexed(fields.get(FieldRole.POD), container.pod())
        .withIndexed(fields.get(FieldRole.CONTAINER), container.container());
  }

  private List<String> wanted() {
    List<String> names = new ArrayList<>(List.of(Spl.TIME, "_indextime", "_cd", "_bkt", "_raw"));
    if (!fields.json()) {
      names.addAll(fields.get(FieldRole.STREAM));
      names.addAll(fields.get(FieldRole.POD_UID));
    }
    return names;
  }

  private Line line() {
    return fields.json() ? new RecordLine(fields, container) : new TextLine(fields, container);
  }
}
