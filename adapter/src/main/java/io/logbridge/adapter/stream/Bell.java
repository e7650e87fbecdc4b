// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes a thread when something has happened, also if that was before it began to wait. Safe for
 * use by many threads.
 */
final class Bell {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private long count;

  void ring() {
    lock.lock();
    try {
      count++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How often it has been rung. */
  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Blocks until it has been rung more often than that.
   *
   * @throws CancelledException if the server interrupts the thread
   */
  void awaitMoreThan(long seen) {
    lock.lock();
    try {
      while (count == seen) {
        rung.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("the server is stopping", e);
    } finally {
      lock.unlock();
    }
  }
}
