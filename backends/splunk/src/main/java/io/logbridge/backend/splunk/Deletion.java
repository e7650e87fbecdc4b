// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.shipped.FieldRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes a container's lines in a window out of what searches find. Splunk's {@code delete} frees no
 * disk, cannot be undone, and needs the capability {@code delete_by_keyword}.
 *
 * <p>The search must not find anything else's. Bare lines are found by their fields. Records in
 * JSON are found by their words and then by keys and values next to each other, since that holds
 * for events of any length; such a pair inside of a text has backslashes before its quotes. A
 * program that logs in JSON can put pairs of its own into a record, so one that names another
 * namespace anywhere is left alone.
 */
final class Deletion {

  private final Store store;
  private final EventFields fields;
  private final ContainerRef container;
  private final TimeRange range;

  Deletion(Store store, ContainerRef container, TimeRange range) {
    this.store = store;
    this.fields = store.settings().fields();
    this.container = container;
    this.range = range;
  }

  /**
   * Deletes, and looks whether something is left.
   *
   * @throws LogBackendException if so, or if Splunk refuses
   */
  void run(Deadline deadline) throws InterruptedException {
    if (range.isEmpty()) {
      return;
    }
    TimeSpan span = TimeSpan.around(range, store.clock().instant());
    long errors =
        store.client().run(new Search("deletion", spl(span), span), deadline, DeletedRows::new);
    if (errors > 0 || isLeft(deadline)) {
      throw new LogBackendException(
          Reason.INCOMPLETE,
          SplunkBackend.TYPE + " deletion: lines of the container are left (expected: none)");
    }
  }

  private Spl spl(TimeSpan span) {
    Instant end = range.end();
    Spl found = fields.json() ? records() : lines();
    return found
        .within(from(range.start()), end == null ? span.end() * 1000 : until(end))
        .deleted();
  }

  private Spl lines() {
    Spl spl = EventSearch.events(store.settings(), container);
    String uid = container.podUid();
    return uid == null ? spl : spl.withIndexedOrNone(fields.get(FieldRole.POD_UID), uid);
  }

  private Spl records() {
    Spl spl =
        EventSearch.events(store.settings(), container)
            .matching(pair(FieldRole.NAMESPACE, container.namespace()))
            .matching(nothingBut(FieldRole.NAMESPACE, container.namespace()))
            .matching(pair(FieldRole.POD, container.pod()))
            .matching(pair(FieldRole.CONTAINER, container.container()));
    String uid = container.podUid();
    return uid == null
        ? spl
        : spl.matching(
            pair(FieldRole.POD_UID, uid) + "|^(?!(?s:.*)" + key(FieldRole.POD_UID) + ")");
  }

  private String pair(FieldRole role, String value) {
    return key(role) + "[ ]*" + quoted(value);
  }

  private String nothingBut(FieldRole role, String value) {
    return "^(?!(?s:.*)" + key(role) + "[ ]*(?![ ]|" + quoted(value) + "))";
  }

  private static String quoted(String value) {
    return "\"" + value.replace(".", "[.]") + "\"";
  }

  /** The last part of the field's path, with the colon behind it. */
  private String key(FieldRole role) {
    List<String> names = fields.get(role);
    return names.stream()
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .map(name -> name.replaceAll("[^A-Za-z0-9_-]", "."))
        .collect(Collectors.joining("|", "[{,][ ]*\"(", ")\"[ ]*:"));
  }

  private boolean isLeft(Deadline deadline) throws InterruptedException {
    try (LogReader reader = new WindowReader(store, LogQuery.forward(container, range))) {
      boolean more = true;
      while (more) {
        var page = reader.read(deadline);
        if (!page.entries().isEmpty()) {
          return true;
        }
        more = !page.last();
      }
      return false;
    }
  }

  /** The first microsecond that is not before this: nothing outside of the window is taken. */
  private static long from(Instant time) {
    return until(time.plusNanos(999));
  }

  /** The last microsecond that is not behind this. */
  private static long until(Instant time) {
    return Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }
}
