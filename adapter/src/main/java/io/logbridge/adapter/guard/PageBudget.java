// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * The memory for the pages of all readers together.
 *
 * <p>One half is cut into small shares. A reader has one from its first page until it is closed,
 * which is enough to go on in small pages, so whoever has begun never waits for memory and no two
 * readers can wait for each other. Only a reader that holds nothing waits, for a share, first come
 * first served. The other half is for larger pages: each takes a part of what is left, less the
 * less there is, and nothing if there is none. So readers that stall with large pages in hand slow
 * others down and do not stop them.
 *
 * <p>Metrics: {@code logbridge_page_memory_max_bytes}, {@code logbridge_page_memory_used_bytes},
 * {@code logbridge_page_memory_waiting_readers}.
 *
 * <p>Safe for use by many threads.
 */
final class PageBudget {

  /** What any page of a reader may take: some 130 lines, twice (see {@link PagedReader}). */
  static final long SMALL_PAGE = 64 * 1024;

  /** A reader has two pages in hand at most. */
  static final long SHARE = 2 * SMALL_PAGE;

  /** One page never gets more than this part of what is left. */
  private static final int PART = 4;

  private final long forLargePages;
  private final Turns shares;
  private long left;

  /**
   * Shares so much.
   *
   * @param bytes at least one share's worth each for large pages and for shares
   * @param maxWait how long a reader waits for its share, if it does not insist
   */
  PageBudget(String store, long bytes, Duration maxWait, MeterRegistry meters) {
    int readers = (int) (bytes / 2 / SHARE);
    this.forLargePages = bytes - readers * SHARE;
    this.shares = new Turns(readers, maxWait);
    this.left = forLargePages;
    Gauge.builder("logbridge.page.memory.max", () -> bytes)
        .baseUnit("bytes")
        .description("What pages of logs may take")
        .tag("name", store)
        .register(meters);
    Gauge.builder("logbridge.page.memory.used", this::used)
        .baseUnit("bytes")
        .description("What pages of logs take")
        .tag("name", store)
        .register(meters);
    Gauge.builder("logbridge.page.memory.waiting.readers", shares::waiting)
        .description("Readers that wait for memory")
        .tag("name", store)
        .register(meters);
  }

  /** What has been given out. */
  long used() {
    return shares.taken() * SHARE + forLargePages - left();
  }

  /**
   * Waits for a reader's share.
   *
   * @param insists whether to wait until the deadline, and not {@code maxWait} at the longest
   * @throws LogBackendException if none comes free in time; see {@link Turns#await}
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void admit(Deadline deadline, boolean insists) throws InterruptedException {
    shares.await(
        deadline,
        insists,
        shares.count()
            + " logs are being read, for more there is no memory (guard.pageMemory: "
            + (shares.count() * SHARE + forLargePages)
            + ")");
  }

  /** Gives a reader's share back. */
  void leave() {
    shares.giveBack();
  }

  /** Takes what a page may have, {@code wanted} bytes or less; does not block. */
  synchronized long take(long wanted) {
    long extra = Math.clamp(wanted - SMALL_PAGE, 0, Math.max(0, left / PART));
    left -= extra;
    return SMALL_PAGE + extra;
  }

  /** Corrects what a page takes, after it has come or when it is let go. */
  synchronized void correct(long before, long now) {
    left += Math.max(0, before - SMALL_PAGE) - Math.max(0, now - SMALL_PAGE);
  }

  private synchronized long left() {
    return left;
  }
}
