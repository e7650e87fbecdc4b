// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of a container's log, looked at again and again on a thread of its own, once for all
 * calls that follow it.
 *
 * <p>Each look reads what was written since a while ago and tells what is new by comparing it with
 * what is known of that while. So lines that reach the store late are found too, once each, as long
 * as they are not later than the while is long: the forwarder's delay, or less when the container
 * writes more than {@link #MAX_BYTES} in it (see {@link Subscription#isCut}).
 *
 * <p>Safe for use by many threads.
 */
final class ContainerTail implements Shared.Resource {

  /** How much of a log is kept, about, in bytes. */
  static final long MAX_BYTES = 4L * 1024 * 1024;

  /** Below that all of the window is read at each look. */
  private static final long CHEAP_BYTES = 256L * 1024;

  /** Otherwise at each so manieth, and else only this much of it. */
  private static final int SWEEP_EVERY = 15;

  private static final Duration QUICK_LOOK = Duration.ofSeconds(30);

  private final LogBackend backend;
  private final ContainerRef container;
  private final FollowSettings settings;
  private final InstantSource clock;
  private final CallScope scope = new CallScope(Deadline.never());
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();
  private final Set<Subscription> subscriptions = new HashSet<>();
  private final TailWindow window;
  private int looks;
  private Instant swept = Instant.MIN;
  private boolean cut;
  private @Nullable RuntimeException failure;

  ContainerTail(LogBackend backend, TailKey key, FollowSettings settings, InstantSource clock) {
    this.backend = backend;
    this.container = key.container();
    scope.askAs(key.caller());
    scope.begin(); // whoever follows waits for lines in any case, and may have had some
    this.settings = settings;
    this.clock = clock;
    this.window = new TailWindow(clock.instant().minus(settings.lookBack()));
    this.thread = Thread.ofVirtual().name("container-tail").start(this::run);
  }

  /** What one call has seen of it. */
  final class Subscription implements AutoCloseable {
    private final Bell bell;
    private long next = Long.MAX_VALUE;

    private Subscription(Bell bell) {
      this.bell = bell;
    }

    /** From when on all entries come from here; what is older must be read from the store. */
    Instant start() {
      return locked(window::start);
    }

    /**
     * Begins to take entries.
     *
     * @param from what was written earlier is not wanted
     * @return the entries that are known already; nothing if some of those have been forgotten and
     *     must be read from the store first
     */
    Optional<List<LogEntry>> join(Instant from) {
      return locked(() -> {
        if (from.isBefore(window.start())) {
          return Optional.empty();
        }
        next = window.nextNumber();
        return Optional.of(window.since(from));
      });
    }

    /**
     * The entries that were found since the last time.
     *
     * @throws RequestException if some have been forgotten since
     */
    List<LogEntry> take() {
      return locked(() -> {
        if (failure != null) {
          throw failure;
        }
        if (next < window.firstNumber()) {
          throw new RequestException(
              Code.RESOURCE_EXHAUSTED,
              "follow: the client reads more slowly than "
                  + container.pod()
                  + "/"
                  + container.container()
                  + " writes, and lines have been missed (expected: a faster client; sinceTime goes"
                  + " on where this ended)");
        }
        List<LogEntry> found = window.from(next);
        next = window.nextNumber();
        taken.signalAll();
        return found;
      });
    }

    /** Whether there has been a look. */
    boolean hasLooked() {
      return locked(() -> {
        if (failure != null) {
          throw failure;
        }
        return looks > 0;
      });
    }

    /** When the last look began that read all of the window. */
    Instant swept() {
      return locked(() -> swept);
    }

    /** Whether late lines could have been missed. */
    boolean isCut() {
      return locked(() -> cut);
    }

    @Override
    public void close() {
      locked(() -> {
        taken.signalAll();
        return subscriptions.remove(this);
      });
    }
  }

  /**
   * Begins to watch.
   *
   * @param bell is rung when there is something new
   */
  Subscription subscribe(Bell bell) {
    Subscription subscription = new Subscription(bell);
    locked(() -> subscriptions.add(subscription));
    return subscription;
  }

  /** Stops looking. */
  @Override
  public void close() {
    scope.cancel();
    thread.interrupt();
  }

  private void run() {
    try {
      while (!scope.isCancelled()) {
        look();
        settings.timer().await();
      }
    } catch (InterruptedException | CancelledException _) {
      // nobody is left who would want to know
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void look() throws InterruptedException {
    Instant begun = clock.instant();
    Instant from =
        locked(() -> {
          window.forgetBefore(begun.minus(settings.lookBack()));
          boolean sweep = window.bytes() < CHEAP_BYTES || looks % SWEEP_EVERY == 0;
          Instant quick = later(window.newest(), Instant.EPOCH).minus(QUICK_LOOK);
          return sweep ? window.start() : later(window.start(), quick);
        });
    Instant newest = locked(window::newest);
    boolean sweeps = from.equals(locked(window::start));
    Map<LogEntry, Integer> seen = new HashMap<>();
    LogQuery query = LogQuery.forward(container, new TimeRange(from, null));
    try (PageReader pages = new PageReader(backend, query, scope)) {
      while (pages.hasNext()) {
        publish(pages.next().entries(), newest, seen);
      }
    }
    lookedAt(sweeps ? begun : Instant.MIN);
  }

  private void lookedAt(Instant sweep) {
    lock.lock();
    try {
      looks++;
      swept = later(swept, sweep);
    } finally {
      lock.unlock();
    }
    ring();
  }

  private void fail(RuntimeException e) {
    lock.lock();
    try {
      failure = e;
    } finally {
      lock.unlock();
    }
    ring();
  }

  /**
   * Adds what is new of a page.
   *
   * @param newest at the beginning of the look; what is newer than that is new
   * @param seen how often the entries up to then have been read in this look
   */
  private void publish(List<LogEntry> page, Instant newest, Map<LogEntry, Integer> seen)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<LogEntry> found = new ArrayList<>();
      for (LogEntry entry : page) {
        boolean known =
            !entry.timestamp().isAfter(newest)
                && seen.merge(entry, 1, Integer::sum) <= window.copies(entry);
        if (!known && !entry.timestamp().isBefore(window.start())) {
          found.add(entry);
        }
      }
      if (found.isEmpty()) {
        return;
      }
      makeRoom();
      found.forEach(window::add);
    } finally {
      lock.unlock();
    }
    ring();
  }

  /**
   * Forgets the oldest entries, after it has waited a while for those who have yet to take them.
   */
  private void makeRoom() throws InterruptedException {
    long nanos = settings.patience().toNanos();
    while (window.bytes() > MAX_BYTES) {
      if (nanos > 0 && hasToBeTaken(window.firstNumber())) {
        nanos = taken.awaitNanos(nanos);
      } else {
        cut = true;
        window.forgetOldest();
      }
    }
  }

  private boolean hasToBeTaken(long number) {
    return subscriptions.stream().anyMatch(subscription -> subscription.next <= number);
  }

  private void ring() {
    List<Bell> bells = locked(() -> subscriptions.stream().map(s -> s.bell).toList());
    bells.forEach(Bell::ring);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  @FunctionalInterface
  private interface Locked<T> {
    T get();
  }

  private <T> T locked(Locked<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
