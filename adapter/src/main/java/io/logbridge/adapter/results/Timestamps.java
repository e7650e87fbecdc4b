// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as messages have them. */
final class Timestamps {

  private Timestamps() {}

  /** Whether a message may hold a time: it is in the years 1 to 9999, in UTC. */
  static boolean isValid(Timestamp time) {
    return com.google.protobuf.util.Timestamps.isValid(time);
  }

  /**
   * A time of the database for a message; nothing if there is none, or if no message may hold it:
   * the columns take {@code infinity} and the year 10000, and such a row must not end a list.
   */
  static Optional<Timestamp> of(@Nullable Instant time) {
    return Optional.ofNullable(time).map(Timestamps::unchecked).filter(Timestamps::isValid);
  }

  /** A time for a page token, which is no JSON and needs no such limits. */
  static Timestamp unchecked(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
