// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.paging.PageSizer;
import io.logbridge.backend.splunk.SplunkSettings.Paging;
import java.time.Instant;
import java.util.SortedMap;

/**
 * How much a search may bring. A page is bounded by the sizer and, should its lines be longer than
 * those before, by its text. A single millisecond has bounds of its own: it cannot be read in
 * parts, since Splunk returns events of one instant in any order, and in another one each time.
 */
record Reach(EventSearch search, PageSizer sizer, Paging paging) {

  private static final int GROWTH = 4;

  /** The newest events of a window: a page of them, or all if there are less. */
  Rows page(TimeSpan span, Deadline deadline) throws InterruptedException {
    int size = sizer.next();
    Rows rows = page(span, size, deadline, () -> {});
    learn(rows, size);
    return rows;
  }

  /**
   * The same for a size that need not be that of the next page; learns nothing. Safe for use beside
   * other methods.
   *
   * @param begun is run when the first event comes
   */
  Rows page(TimeSpan span, int size, Deadline deadline, Runnable begun)
      throws InterruptedException {
    return search.newest(span, size, paging.page().responseBytes(), deadline, begun);
  }

  /** Learns from a page for which so many lines were allowed. */
  void learn(Rows rows, int size) {
    if (rows.whole() || rows.count() <= size) {
      // Pages grow, unless it was the text that was too much.
      int grown = rows.whole() ? size : Math.ceilDiv(size, GROWTH);
      sizer.received(rows.events().size(), rows.chars(), grown);
    }
  }

  /**
   * All events of a window that is not to be cut any more.
   *
   * @throws LogBackendException if there are more than may be held
   */
  Rows all(TimeSpan span, Deadline deadline) throws InterruptedException {
    Rows rows = search.newest(span, paging.heldLines(), paging.heldBytes(), deadline, () -> {});
    if (!rows.whole()) {
      throw new LogBackendException(
          Reason.INCOMPLETE,
          SplunkBackend.TYPE
              + " has more lines of one instant, "
              + Instant.ofEpochMilli(span.start())
              + ", than can be put in order (maxHeldLines: "
              + paging.heldLines()
              + ", maxHeldBytes: "
              + paging.heldBytes()
              + ", expected: more)");
    }
    sizer.received(rows.events().size(), rows.chars(), sizer.next());
    return rows;
  }

  /** How many events there are in each of the pieces of a window. */
  SortedMap<Long, Long> counts(TimeSpan span, Deadline deadline) throws InterruptedException {
    return search.counts(span, deadline);
  }
}
