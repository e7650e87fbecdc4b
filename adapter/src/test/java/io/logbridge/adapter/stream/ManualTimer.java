// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets pollers look when a test says so. */
public final class ManualTimer implements PollTimer {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ticked = lock.newCondition();
  private long ticks;
  private int waiting;

  @Override
  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long seen = ticks;
      waiting++;
      while (ticks == seen) {
        ticked.await();
      }
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /** Wakes those who wait. */
  public void tick() {
    lock.lock();
    try {
      ticks++;
      ticked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for the next tick. */
  public int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }
}
