// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogQuery;
import io.logbridge.backend.elasticsearch.ElasticsearchSettings.Paging;

/**
 * How many lines to ask for: few at first, so that they come soon, then more and more, as long as
 * their text fits.
 */
final class PageSizer {

  /** For hits that turn out not to be wanted, and for the rest of a millisecond. */
  private static final int MARGIN = 16;

  private static final int GROWTH = 4;

  /** What an entry takes in memory and in the answer besides its text. */
  private static final int OVERHEAD = 100;

  private final PageMemory memory;
  private final int wanted;
  private int max;
  private int next;
  private long received;

  PageSizer(Paging limits, PageMemory memory, int wanted) {
    this.memory = memory;
    this.wanted = wanted;
    this.max = limits.max();
    this.next = limits.initial();
  }

  /** The size of the page that comes next. */
  int next() {
    int size = Math.min(next, max);
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
    long grown = Math.min((long) size * GROWTH, max);
    int lines = page.hits().size();
    if (lines > 0) {
      received += lines;
      long each = page.textChars() / lines + OVERHEAD;
      grown = Math.min(grown, memory.share() / each);
    }
    next = (int) Math.max(1, grown);
  }
}
