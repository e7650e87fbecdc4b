// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds records by their names with few statements. So many run at once; who comes while they do
 * waits, and when one has ended, whoever has waited longest asks for others that wait as well. So
 * nobody waits for a statement to fill, and the busier the database, the more records each
 * statement finds.
 *
 * <p>A statement begins after everybody it asks for has come: what was written before a call began
 * is seen by it. It has the longest of their deadlines, and each of them waits only until their
 * own. If it fails, it fails for all of them.
 *
 * <p>Safe for use by many threads.
 *
 * @param <V> what is found
 */
final class RecordLookups<V> {

  /** Each power of two up to it is a statement of its own, for the database to plan just once. */
  static final int MOST_NAMES = 16;

  private final int mostStatements;
  private final Statement<V> statement;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Lookup> waiting = new ArrayDeque<>();
  private int running;

  /**
   * Looks nothing up yet.
   *
   * @param mostStatements at once
   */
  RecordLookups(int mostStatements, Statement<V> statement) {
    this.mostStatements = mostStatements;
    this.statement = statement;
  }

  /** Asks the database for records. */
  @FunctionalInterface
  interface Statement<V> {
    /**
     * Blocks until they are there.
     *
     * @param names 1, 2, 4, 8 or 16, the same one perhaps twice
     * @return without those that do not exist
     * @throws RequestException if the database cannot tell
     */
    Map<RecordName, V> find(List<RecordName> names, Deadline deadline);
  }

  /**
   * Blocks until the record is found.
   *
   * @return null if there is none
   * @throws RequestException as the statement throws it; {@code DEADLINE_EXCEEDED} if the deadline
   *     passes before
   */
  @Nullable V find(RecordName name, Deadline deadline) {
    Lookup own = new Lookup(name, deadline);
    return mayAskAtOnce(own) ? ask(List.of(own)) : awaited(own).get();
  }

  private boolean mayAskAtOnce(Lookup own) {
    lock.lock();
    try {
      if (running < mostStatements) {
        running++;
        return true;
      }
      waiting.add(own);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for somebody else to have asked, or for the own turn to ask. */
  private Supplier<@Nullable V> awaited(Lookup own) {
    try {
      return own.next.get(own.deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody completes it so
    } catch (TimeoutException _) {
      return givenUp(own, DatabaseErrors.deadlinePassed(null));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return givenUp(
          own, new RequestException(Code.UNAVAILABLE, "interrupted while waiting for others"));
    }
  }

  /** Whose turn has come meanwhile must ask: others count on it. */
  private Supplier<@Nullable V> givenUp(Lookup own, RequestException reason) {
    lock.lock();
    try {
      waiting.remove(own);
      return own.next.getNow(() -> {
        throw reason;
      });
    } finally {
      lock.unlock();
    }
  }

  /** Asks for all of them, and tells all but the first, which is the caller's own. */
  private @Nullable V ask(List<Lookup> lookups) {
    List<Lookup> others = lookups.subList(1, lookups.size());
    try {
      Map<RecordName, V> found =
          statement.find(lookups.stream().map(Lookup::name).toList(), longestDeadline(lookups));
      for (Lookup other : others) {
        V value = found.get(other.name);
        other.next.complete(() -> value);
      }
      return found.get(lookups.getFirst().name);
    } catch (RuntimeException | Error e) { // an Error too: nobody may wait for ever
      for (Lookup other : others) {
        other.next.complete(() -> {
          throw e;
        });
      }
      throw e;
    } finally {
      passOn();
    }
  }

  private Deadline longestDeadline(List<Lookup> lookups) {
    return Collections.max(
            lookups, Comparator.comparing((Lookup lookup) -> lookup.deadline.remaining()))
        .deadline;
  }

  /** A statement has ended: whoever has waited longest begins the next. */
  private void passOn() {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        running--;
        return;
      }
      int names = Integer.highestOneBit(Math.min(waiting.size(), MOST_NAMES));
      List<Lookup> lookups = new ArrayList<>(names);
      while (lookups.size() < names) {
        lookups.add(waiting.remove());
      }
      lookups.getFirst().next.complete(() -> ask(lookups));
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for a statement to end. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** One caller, and what they do next: give or throw what others have found, or ask. */
  private final class Lookup {
    private final RecordName name;
    private final Deadline deadline;
    private final CompletableFuture<Supplier<@Nullable V>> next = new CompletableFuture<>();

    Lookup(RecordName name, Deadline deadline) {
      this.name = name;
      this.deadline = deadline;
    }

    RecordName name() {
      return name;
    }
  }
}
