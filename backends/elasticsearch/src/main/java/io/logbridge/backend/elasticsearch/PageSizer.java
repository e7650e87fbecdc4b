// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.elasticsearch.ElasticsearchSettings.Paging;

/**
 * How many lines to ask for: few at first, so that they come soon, then more and more, as long as
 * they fit.
 */
final class PageSizer {

  /** For hits that turn out not to be wanted, and for the rest of a millisecond. */
  private static final int MARGIN = 16;

  private static final int GROWTH = 4;

  /** What a line is taken for before the first of them has come. */
  private static final int TYPICAL_LINE = LogPage.ENTRY_BYTES + 100;

  private final int wanted;
  private final int maxBytes;
  private int max;
  private int next;
  private long aim;
  private long lineBytes = TYPICAL_LINE;
  private long received;

  PageSizer(Paging limits, int wanted) {
    this.wanted = wanted;
    this.maxBytes = limits.bytes();
    this.max = limits.max();
    this.next = limits.initial();
    this.aim = maxBytes;
  }

  /** No page should have more bytes than this from now on, nor more than the settings say. */
  void aimAt(long bytes) {
    aim = Math.min(bytes, maxBytes);
  }

  /** The size of the page that comes next. */
  int next() {
    int size = Math.clamp(aim / lineBytes, 1, Math.min(next, max));
    long left = wanted - received;
    boolean nearlyDone = wanted != LogQuery.ALL && left > 0;
    return nearlyDone ? (int) Math.min(size, left + MARGIN) : size;
  }

  /** No page may have more lines than this any more. */
  void limitTo(int size) {
    max = Math.max(1, size);
  }

  /** Learns from a page that has come. */
  void received(SearchPage page, int size) {
    int lines = page.hits().size();
    if (lines > 0) {
      received += lines;
      lineBytes = page.textChars() / lines + LogPage.ENTRY_BYTES;
    }
    next = (int) Math.min((long) size * GROWTH, Integer.MAX_VALUE);
  }
}
