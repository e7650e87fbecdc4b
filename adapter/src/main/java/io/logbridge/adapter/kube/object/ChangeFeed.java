// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.record.ObjectStore;
import io.logbridge.adapter.record.ObjectStore.Written;
import io.logbridge.adapter.stream.PollTimer;
import io.logbridge.backend.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells watches that there may be something new for them. However many there are, the database is
 * asked once each time; while there is none, it is not asked at all. Safe for use by many threads.
 */
final class ChangeFeed {

  /**
   * How much later than it says a change may be found: clocks differ, and a transaction is visible
   * only at its end.
   */
  static final Duration OVERLAP = Duration.ofSeconds(10);

  private final ObjectStore store;
  private final PollTimer timer;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private @Nullable Thread thread;
  private @Nullable Thread waiting;

  ChangeFeed(ObjectStore store, PollTimer timer) {
    this.store = store;
    this.timer = timer;
  }

  /** Takes a listener away. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private record Listener(Predicate<Written> interest, Runnable bell) {}

  /**
   * Rings a bell when something was written; for each change several times.
   *
   * @param bell must not block
   */
  synchronized Registration listen(Predicate<Written> interest, Runnable bell) {
    Listener listener = new Listener(interest, bell);
    listeners.add(listener);
    if (thread == null) {
      thread = Thread.ofVirtual().name("change-feed").start(this::run);
    }
    return () -> remove(listener);
  }

  private synchronized void remove(Listener listener) {
    listeners.remove(listener);
    if (listeners.isEmpty() && thread != null) {
      if (thread.equals(waiting)) {
        thread.interrupt(); // while it reads, that would cut its connection to the database
      }
      thread = null;
    }
  }

  private void run() {
    Instant known = null;
    while (pause()) {
      known = poll(known);
    }
  }

  /** Waits until the next look is due; false if nobody is left who would want to know. */
  private boolean pause() {
    try {
      if (isWanted(Thread.currentThread())) {
        timer.await();
      }
      return isWanted(null);
    } catch (InterruptedException _) {
      return false;
    }
  }

  /**
   * Whether this thread is the one that looks for the listeners.
   *
   * @param waits who may be interrupted from now on
   */
  private synchronized boolean isWanted(@Nullable Thread waits) {
    boolean wanted = Thread.currentThread().equals(thread);
    if (wanted) {
      waiting = waits;
    }
    return wanted;
  }

  /**
   * Rings for what was written.
   *
   * @param known up to when changes have been rung for; {@code null} if none have
   * @return the same for the next time
   */
  private @Nullable Instant poll(@Nullable Instant known) {
    try {
      Instant now = store.now(Deadline.never());
      Instant since = (known == null ? now : known).minus(OVERLAP);
      for (Written written : store.written(since, Deadline.never())) {
        listeners.stream()
            .filter(listener -> listener.interest().test(written))
            .forEach(listener -> listener.bell().run());
      }
      return now;
    } catch (RequestException _) {
      return known; // archived objects can wait until the database is back
    }
  }
}
