// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many at once. The others wait, in order of arrival.
 *
 * <p>Safe for use by many threads.
 */
final class Turns {

  private final int count;
  private final Duration maxWait;
  private final Semaphore free;

  /**
   * So many turns at once.
   *
   * @param maxWait how long one waits that does not insist
   */
  Turns(int count, Duration maxWait) {
    this.count = count;
    this.maxWait = maxWait;
    this.free = new Semaphore(count, true);
  }

  /**
   * Waits for a turn, which whoever has got it gives back.
   *
   * @param deadline when to give up, at the latest
   * @param insists whether to wait until the deadline, however far away that is
   * @param busy why there is no turn, for the message
   * @throws LogBackendException {@code TIMED_OUT} at the deadline, {@code THROTTLED} if the longest
   *     wait ends before that
   * @throws InterruptedException if the thread is interrupted before or meanwhile; it has no turn
   */
  void await(Deadline deadline, boolean insists, String busy) throws InterruptedException {
    Deadline limit = insists ? deadline : deadline.orAfter(maxWait);
    if (free.tryAcquire(limit.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      return;
    }
    if (insists || deadline.isExpired()) {
      throw new LogBackendException(
          Reason.TIMED_OUT, busy + ", and the deadline came before the turn of this one");
    }
    throw new LogBackendException(
        Reason.THROTTLED,
        busy + ", and the turn of this one did not come within " + maxWait.toSeconds() + " s");
  }

  /** Gives a turn back. */
  void giveBack() {
    free.release();
  }

  /** How many there are in all. */
  int count() {
    return count;
  }

  /** How many have their turn. */
  int taken() {
    return count - free.availablePermits();
  }

  /** How many wait. */
  int waiting() {
    return free.getQueueLength();
  }
}
