// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the server allows one query. It does not say so before a query goes beyond; each backend
 * finds out once. Safe for use by many threads.
 *
 * @see <a href="https://grafana.com/docs/loki/latest/configure/#limits_config">limits_config</a>
 */
final class QueryLimits {

  /** More entries of one instant than any server with a limit gives. */
  private static final int NO_MAX_ENTRIES = 1_000_000;

  private final AtomicInteger maxEntries = new AtomicInteger(NO_MAX_ENTRIES);
  private final AtomicLong maxLength = new AtomicLong(Long.MAX_VALUE);

  /** How many entries a query may ask for ({@code max_entries_limit_per_query}). */
  int maxEntries() {
    return maxEntries.get();
  }

  /** How long a query's window may be, in nanoseconds ({@code max_query_length}). */
  long maxLength() {
    return maxLength.get();
  }

  /**
   * Remembers what the server allows.
   *
   * @return whether that is less than was known
   */
  boolean learnMaxEntries(long entries) {
    return entries > 0 && entries < maxEntries.getAndAccumulate((int) entries, Math::min);
  }

  /** The same of a window, in nanoseconds. */
  boolean learnMaxLength(long nanos) {
    return nanos > 0 && nanos < maxLength.getAndAccumulate(nanos, Math::min);
  }
}
