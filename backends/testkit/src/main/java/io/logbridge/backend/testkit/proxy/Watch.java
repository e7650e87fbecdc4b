// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What the proxy has seen so far; can be waited for. */
final class Watch {

  /**
   * Totals since the proxy started, except where said otherwise.
   *
   * @param requests that came in complete
   * @param faults that were done to requests
   * @param aborts of clients that closed a connection before they had the answer
   * @param bodyBytes sent to clients
   * @param connections that are open now
   * @param inFlight requests that wait for their answer now
   */
  record Counts(
      int requests, int faults, int aborts, long bodyBytes, int connections, int inFlight) {

    Counts request() {
      return new Counts(requests + 1, faults, aborts, bodyBytes, connections, inFlight + 1);
    }

    Counts answered() {
      return new Counts(requests, faults, aborts, bodyBytes, connections, inFlight - 1);
    }

    Counts fault() {
      return new Counts(requests, faults + 1, aborts, bodyBytes, connections, inFlight);
    }

    Counts abort() {
      return new Counts(requests, faults, aborts + 1, bodyBytes, connections, inFlight);
    }

    Counts sent(int bytes) {
      return new Counts(requests, faults, aborts, bodyBytes + bytes, connections, inFlight);
    }

    Counts connection(int change) {
      return new Counts(requests, faults, aborts, bodyBytes, connections + change, inFlight);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Counts counts = new Counts(0, 0, 0, 0, 0, 0);

  Counts counts() {
    lock.lock();
    try {
      return counts;
    } finally {
      lock.unlock();
    }
  }

  void note(UnaryOperator<Counts> change) {
    lock.lock();
    try {
      counts = change.apply(counts);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the counts are as wanted before the time is up. */
  boolean await(Predicate<Counts> wanted, Duration ceiling) throws InterruptedException {
    long nanos = ceiling.toNanos();
    lock.lock();
    try {
      while (!wanted.test(counts)) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
