// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A page that is on its way from Splunk: a thread of its own searches and reads the events, whether
 * anybody waits for them or not. Used by one thread.
 */
final class Fetch {

  private final WindowPlan.Step step;
  private final int size;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final FutureTask<Rows> rows;

  private Fetch(Reach reach, WindowPlan.Step step, int size, Deadline deadline) {
    this.step = step;
    this.size = size;
    this.rows = new FutureTask<>(() -> reach.page(step.span(), size, deadline, begun::countDown));
  }

  /**
   * Begins.
   *
   * @param size of which there may be more events: then what comes is not whole
   */
  static Fetch start(Reach reach, WindowPlan.Step step, int size, Deadline deadline) {
    Fetch fetch = new Fetch(reach, step, size, deadline);
    Thread.ofVirtual().name("splunk-fetch").start(fetch::run);
    return fetch;
  }

  private void run() {
    rows.run();
    begun.countDown();
  }

  WindowPlan.Step step() {
    return step;
  }

  int size() {
    return size;
  }

  /** Waits until Splunk has found the first event, or the search has ended in whichever way. */
  void awaitBegin() throws InterruptedException {
    begun.await();
  }

  /**
   * Waits for all of it.
   *
   * @throws LogBackendException if the search has failed
   */
  Rows await() throws InterruptedException {
    try {
      return rows.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LogBackendException failure) {
        throw failure;
      }
      throw new IllegalStateException("fetching " + step, e.getCause());
    }
  }

  /** Ends the search, and its connection, if it is under way. Does not block. */
  void giveUp() {
    rows.cancel(true);
  }
}
