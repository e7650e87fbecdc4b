// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.elasticsearch.Hit.DocumentId;
import io.logbridge.backend.paging.Window;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which documents of the last millisecond a reader has taken, to know them again in another point
 * in time, whose sort values differ.
 */
final class TakenHits {

  private final int limit;
  private final Set<DocumentId> ids = new HashSet<>();
  private long milli = Long.MIN_VALUE;
  private boolean complete = true;

  /**
   * @param limit how many are remembered
   */
  TakenHits(int limit) {
    this.limit = limit;
  }

  /** Whether all of them are remembered. */
  boolean isComplete() {
    return complete;
  }

  boolean contains(Hit hit) {
    return Window.milli(hit.sortNanos()) == milli && ids.contains(hit.id());
  }

  /**
   * Remembers the hits of a page.
   *
   * @param lastSortNanos the store's time of the page's last hit, even of one that is not among
   *     these
   */
  void take(List<Hit> hits, long lastSortNanos) {
    long last = Window.milli(lastSortNanos);
    if (last != milli) {
      ids.clear();
      complete = true;
      milli = last;
    }
    for (Hit hit : hits.reversed()) {
      if (Window.milli(hit.sortNanos()) != milli) {
        break;
      }
      if (ids.size() < limit) {
        ids.add(hit.id());
      } else {
        complete = false;
      }
    }
  }
}
