// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.shipped.TieKey;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An event of a container, and its place among others.
 *
 * @param micros the time that Splunk files it under, in microseconds since 1970
 * @param nanos the same moment as its shipper wrote it into it; that of {@code micros} if it did
 *     not
 * @param tie what the shipper wrote to tell lines of one moment apart; {@code null} if nothing
 * @param indexed when it was indexed, in seconds since 1970
 * @param address where it is in the index
 * @param decoded whether it had the form that was expected
 */
record Event(
    LogEntry entry,
    long micros,
    long nanos,
    @Nullable TieKey tie,
    long indexed,
    Address address,
    boolean decoded) {

  /**
   * Oldest first. Splunk's own time comes first, so that events that two windows have in common
   * would stand in the same order in both; what the shipper wrote only refines it.
   */
  static final Comparator<Event> ORDER =
      (one, other) ->
          one.micros == other.micros
              ? Event.OF_ONE_MOMENT.compare(one, other)
              : Long.compare(one.micros, other.micros);

  private static final Comparator<Event> OF_ONE_MOMENT =
      Comparator.comparingLong(Event::nanos)
          .thenComparing(Event::tie, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingLong(Event::indexed)
          .thenComparing(Event::address);

  /**
   * Where an event is: unique, and growing with the arrival of events in one bucket.
   *
   * @param bucket number of the bucket in its index
   * @param offset within the bucket
   * @param name of the bucket with its index and indexer, for events of which all else is equal
   */
  record Address(long bucket, long offset, String name) implements Comparable<Address> {

    private static final Comparator<Address> ORDER =
        Comparator.comparingLong(Address::bucket)
            .thenComparingLong(Address::offset)
            .thenComparing(Address::name);

    @Override
    public int compareTo(Address other) {
      return ORDER.compare(this, other);
    }
  }

  /** When it was filed, in milliseconds since 1970. */
  long millis() {
    return Math.floorDiv(micros, 1000);
  }
}
