// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares the memory for pages among the readers that are open, so that large pages make a few
 * readers fast and many readers still fit. Safe for use by many threads.
 */
final class PageMemory {

  private final long total;
  private final int most;
  private final AtomicInteger readers = new AtomicInteger();

  /**
   * Shares so much among all readers.
   *
   * @param total bytes for the pages of all readers together
   * @param most bytes for a page of one reader, however few there are
   */
  PageMemory(long total, int most) {
    this.total = total;
    this.most = most;
  }

  void opened() {
    readers.incrementAndGet();
  }

  void closed() {
    readers.decrementAndGet();
  }

  /** How many bytes a page may have now: less the more readers there are, but never nothing. */
  int share() {
    return (int) Math.max(1, Math.min(most, total / Math.max(1, readers.get())));
  }
}
