// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogReader;
import java.util.ArrayDeque;
import java.util.Deque;

/** A reader whose pages are as large as there is memory for. */
final class PagedReader implements LogReader {

  /** A page's bytes count twice, for what the reader itself holds (see {@link #aimAt}). */
  private static final int FACTOR = 2;

  private static final long FIRST = 256 * 1024;
  private static final long MOST = 16 * 1024 * 1024;

  /** A page is up to so many times as large as the one before it. */
  private static final int GROWTH = 4;

  private final LogReader delegate;
  private final PageBudget budget;
  private final Deque<Long> inHand = new ArrayDeque<>(2);
  private long wanted = FIRST;
  private boolean admitted;
  private boolean insists;

  PagedReader(LogReader delegate, PageBudget budget) {
    this.delegate = delegate;
    this.budget = budget;
  }

  @Override
  public LogPage read(Deadline deadline) throws InterruptedException {
    if (!admitted) {
      budget.admit(deadline, insists);
      admitted = true;
    }
    letGo(1);
    long taken = budget.take(wanted);
    long now = 0;
    try {
      delegate.aimAt(taken / FACTOR);
      LogPage page = delegate.read(deadline);
      now = FACTOR * page.bytes();
      inHand.add(now);
      wanted = Math.clamp(GROWTH * now, FIRST, MOST);
      return page;
    } finally {
      budget.correct(taken, now);
    }
  }

  @Override
  public void insist() {
    insists = true;
    delegate.insist();
  }

  /** Gives back what pages took, but for the last few. */
  private void letGo(int kept) {
    while (inHand.size() > kept) {
      budget.correct(inHand.remove(), 0);
    }
  }

  @Override
  public void close() {
    delegate.close();
    letGo(0);
    if (admitted) {
      admitted = false;
      budget.leave();
    }
  }
}
