// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** All indices, with a lexicon of the segments of words and of indexed fields, as Splunk has it. */
final class EventStore {

  /** So that numbers of buckets soon have two digits, and are not in order as text. */
  private static final int EVENTS_PER_BUCKET = 7000;

  private static final int FIRST_BUCKET = 8;
  private static final int MAX_SEGMENT = 256;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Set<String> indices = new TreeSet<>();
  private final List<StoredEvent> events = new ArrayList<>();
  private final BitSet deleted = new BitSet();
  private final Map<String, Postings> lexicon = new HashMap<>();
  private long offset;

  private static final class Postings {

    private int[] numbers = new int[4];
    private int size;

    void add(int number) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = number;
    }
  }

  void createIndex(String name) {
    lock.writeLock().lock();
    try {
      indices.add(name);
    } finally {
      lock.writeLock().unlock();
    }
  }

  Set<String> indices() {
    lock.readLock().lock();
    try {
      return new TreeSet<>(indices);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** How many events an index has. */
  long count(String index) {
    return find(List.of(), event -> event.index().equals(index)).size();
  }

  /** When the oldest event of an index was, in microseconds since 1970. */
  OptionalLong oldest(String index) {
    return find(List.of(), event -> event.index().equals(index)).stream()
        .mapToLong(StoredEvent::micros)
        .min();
  }

  void add(String index, long micros, long indexTime, String raw, Map<String, String> fields) {
    lock.writeLock().lock();
    try {
      int number = events.size();
      if (number % EVENTS_PER_BUCKET == 0) {
        offset = 0;
      }
      StoredEvent event =
          new StoredEvent(
              number,
              index,
              micros,
              indexTime,
              FIRST_BUCKET + number / EVENTS_PER_BUCKET,
              offset,
              raw,
              fields);
      offset += 40 + raw.length();
      events.add(event);
      Set<String> terms = new HashSet<>();
      segments(raw, terms);
      fields.forEach((name, value) -> terms.add(indexed(name, value)));
      terms.forEach(term -> lexicon.computeIfAbsent(term, _ -> new Postings()).add(number));
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The events that have all of these terms and pass, in the order of arrival. */
  List<StoredEvent> find(List<String> terms, Predicate<StoredEvent> condition) {
    lock.readLock().lock();
    try {
      List<StoredEvent> found = new ArrayList<>();
      candidates(terms)
          .filter(number -> !deleted.get(number))
          .mapToObj(events::get)
          .filter(condition)
          .forEach(found::add);
      return found;
    } finally {
      lock.readLock().unlock();
    }
  }

  void delete(List<StoredEvent> gone) {
    lock.writeLock().lock();
    try {
      gone.forEach(event -> deleted.set(event.number()));
    } finally {
      lock.writeLock().unlock();
    }
  }

  private IntStream candidates(List<String> terms) {
    Postings rarest = null;
    for (String term : terms) {
      Postings postings = lexicon.get(term);
      if (postings == null) {
        return IntStream.empty();
      }
      if (rarest == null || postings.size < rarest.size) {
        rarest = postings;
      }
    }
    return rarest == null
        ? IntStream.range(0, events.size())
        : Arrays.stream(rarest.numbers, 0, rarest.size);
  }

  /** The term of the lexicon for a field that was made at index time. */
  static String indexed(String field, String value) {
    return (field + "::" + value).toLowerCase(Locale.ROOT);
  }

  /** The minor segments of a text: what is between all that is neither a letter nor a digit. */
  static void segments(String text, Set<String> into) {
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && isInner(text.charAt(i));
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        if (i - start <= MAX_SEGMENT) {
          into.add(text.substring(start, i).toLowerCase(Locale.ROOT));
        }
        start = -1;
      }
    }
  }

  /** Whether a character is within a segment. */
  static boolean isInner(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
