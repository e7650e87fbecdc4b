// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The records of a run, read again and again on a thread of its own, once for all calls that follow
 * it. Safe for use by many threads.
 */
final class RunWatch implements Shared.Resource {

  private final Supplier<FoundRun> source;
  private final PollTimer timer;
  private final Set<Bell> bells = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private boolean waiting;
  private volatile boolean closed;
  private volatile @Nullable FoundRun latest;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param source reads the records; blocks
   */
  RunWatch(Supplier<FoundRun> source, PollTimer timer) {
    this.source = source;
    this.timer = timer;
    this.thread = Thread.ofVirtual().name("run-watch").start(this::run);
  }

  /**
   * Rings a bell each time that the records have been read, whether or not they have changed: it is
   * also what the passing of time is noticed by.
   */
  CallScope.Registration listen(Bell bell) {
    bells.add(bell);
    return () -> bells.remove(bell);
  }

  /**
   * The run as it was read last; {@code null} if it has not been read yet.
   *
   * @throws RequestException if it is gone
   */
  @Nullable FoundRun latest() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
    return latest;
  }

  /** Interrupts a thread that waits; one that reads would lose its connection to the database. */
  @Override
  public synchronized void close() {
    closed = true;
    if (waiting) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (pause()) {
        read();
        bells.forEach(Bell::ring);
      }
    } catch (InterruptedException _) {
      // nobody is left who would want to know
    } catch (RuntimeException e) {
      failure = e;
      bells.forEach(Bell::ring);
    }
  }

  /** Waits until the next look is due; false if nobody is left who would want to know. */
  private boolean pause() throws InterruptedException {
    waits(true);
    try {
      if (!closed) {
        timer.await();
      }
    } finally {
      waits(false);
    }
    return !closed;
  }

  private synchronized void waits(boolean now) {
    waiting = now;
  }

  private void read() {
    try {
      latest = source.get();
    } catch (RequestException e) {
      // The lines come from elsewhere, so a database that is away for a while need not end a call.
      if (e.code() != Code.UNAVAILABLE && e.code() != Code.DEADLINE_EXCEEDED) {
        throw e;
      }
    }
  }
}
