// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import io.logbridge.backend.loki.fake.FakeStream.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The logs of one tenant, and the requests to delete some. Safe for use by many threads. */
final class FakeStore {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final boolean shuffling;
  private final Random random = new Random(7);
  private final Map<Map<String, String>, FakeStream> streams = new LinkedHashMap<>();
  private final List<Deletion> deletions = new ArrayList<>();

  /** An entry that a query found, with what came of it in the pipeline. */
  record Found(long nanos, Stage.Passing passing) {}

  /** A request to delete; both ends are in milliseconds and taken. */
  record Deletion(String id, long startMillis, long endMillis, String query, long createdMillis) {}

  /**
   * @param shuffling whether entries of one timestamp come in another order each time
   */
  FakeStore(boolean shuffling) {
    this.shuffling = shuffling;
  }

  synchronized void add(
      Map<String, String> labels, long nanos, String line, Map<String, String> metadata) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.putIfAbsent("detected_level", Discovery.level(line));
    streams
        .computeIfAbsent(Discovery.withServiceName(labels), FakeStream::new)
        .add(new Entry(nanos, line, more));
  }

  /** At most {@code limit} entries that a query finds, from the end that is read first. */
  synchronized List<Found> find(LogQuery query, long start, long end, boolean forward, int limit) {
    PriorityQueue<Cursor> cursors =
        new PriorityQueue<>(
            forward
                ? Comparator.comparingLong(Cursor::nanos)
                : Comparator.comparingLong(Cursor::nanos).reversed());
    for (FakeStream stream : streams.values()) {
      if (query.selects(stream.labels())) {
        Cursor.start(stream, start, end, forward).ifPresent(cursors::add);
      }
    }
    List<Found> found = new ArrayList<>();
    while (!cursors.isEmpty() && found.size() < limit) {
      found.addAll(instant(cursors, query));
    }
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  /** All that passes of the timestamp that comes first. */
  private List<Found> instant(PriorityQueue<Cursor> cursors, LogQuery query) {
    List<Found> found = new ArrayList<>();
    long nanos = cursors.element().nanos();
    while (!cursors.isEmpty() && cursors.element().nanos() == nanos) {
      Cursor cursor = cursors.remove();
      for (Entry entry : cursor.entries()) {
        Stage.Passing passing =
            new Stage.Passing(cursor.stream().labels(), entry.metadata(), entry.line());
        if (query.passes(passing)) {
          found.add(new Found(nanos, passing));
        }
      }
      cursor.next().ifPresent(cursors::add);
    }
    if (shuffling) {
      Collections.shuffle(found, random);
    }
    return found;
  }

  /** The labels of the streams that the index has about that time. */
  synchronized List<Map<String, String>> series(LogQuery query, long start, long end) {
    return streams.values().stream()
        .filter(stream -> stream.isIndexedBetween(start, end))
        .map(FakeStream::labels)
        .filter(query::selects)
        .collect(Collectors.toList());
  }

  synchronized List<Map<String, String>> allSeries(long start, long end) {
    return series(new LogQuery(List.of(), List.of()), start, end);
  }

  synchronized void delete(Deletion deletion) {
    deletions.add(deletion);
  }

  synchronized List<Deletion> deletions() {
    return List.copyOf(deletions);
  }

  /** Does what the compactor does after a day. */
  synchronized void processDeletions() {
    for (Deletion deletion : deletions) {
      LogQuery query = LogQlParser.logs(deletion.query);
      for (FakeStream stream : streams.values()) {
        if (query.selects(stream.labels())) {
          stream.removeIf(entry ->
              entry.nanos() >= deletion.startMillis * NANOS_PER_MILLI
                  && entry.nanos() <= deletion.endMillis * NANOS_PER_MILLI
                  && query.passes(
                      new Stage.Passing(stream.labels(), entry.metadata(), entry.line())));
        }
      }
    }
    deletions.clear();
  }
}
