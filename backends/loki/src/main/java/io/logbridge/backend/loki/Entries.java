// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.shipped.TieKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer holds.
 *
 * @param lines of the container, in the order of the answer, which is that of time within each
 *     stream only
 * @param nobodys timestamps of those that had to say whose they are, and did not
 * @param returned how many entries the store sent, those of others and those read before included
 * @param first the oldest timestamp of all that were sent, in nanoseconds since 1970
 * @param last the newest
 * @param textChars length of the texts of {@code lines} together
 */
record Entries(
    List<Line> lines, List<Long> nobodys, int returned, long first, long last, long textChars) {

  /** How many lines have not the form that was expected. */
  long undecoded() {
    return lines.stream().filter(line -> !line.decoded).count();
  }

  /** Without the entries of one instant, which count as returned all the same. */
  Entries without(long nanos) {
    return new Entries(
        lines.stream().filter(line -> line.nanos != nanos).toList(),
        nobodys.stream().filter(other -> other != nanos).toList(),
        returned,
        first,
        last,
        textChars);
  }

  /**
   * An entry and what puts it in order.
   *
   * @param nanos the store's timestamp, in nanoseconds since 1970
   * @param ownNanos the time in the line itself, or {@code nanos}
   * @param tie what the shipper wrote to tell lines of one instant apart; {@code null} if nothing
   * @param decoded whether the stored text had the form that was expected
   */
  record Line(long nanos, long ownNanos, @Nullable TieKey tie, boolean decoded, LogEntry entry) {}
}
