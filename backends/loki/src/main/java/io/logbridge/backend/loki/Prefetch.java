// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery.Direction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The answers that a reader has asked for before it wants them, in the order in which it will. What
 * has been asked for need not begin where the reader has come to: it is used as long as it tells
 * what comes next, or as soon as what lies before it has been read.
 *
 * <p>Used by the thread that uses the reader; each request has a thread of its own.
 */
final class Prefetch {

  /** Asks the server. */
  @FunctionalInterface
  interface Query {

    /**
     * The outcome of a request.
     *
     * @param timed whether the times of the entries are wanted before these are parsed
     */
    RangeOutcome ask(RangeRequest request, boolean timed, Deadline deadline)
        throws InterruptedException;
  }

  private record Asked(RangeRequest request, FutureTask<RangeOutcome> outcome) {}

  private final Query query;
  private final Pace pace = new Pace();
  private final Deque<Asked> asked = new ArrayDeque<>();
  private int most = 2;

  Prefetch(Query query) {
    this.query = query;
  }

  /**
   * What to read next: what has been asked for, or what lies before it.
   *
   * @param fresh what to read if nothing that has been asked for is of use
   */
  RangeRequest next(RangeRequest fresh) {
    Asked first = asked.peek();
    if (first == null || first.request.window().equals(fresh.window())) {
      return first == null ? fresh : first.request;
    }
    if (fresh.direction() == Direction.FORWARD) {
      long position = fresh.window().start();
      if (first.request.window().contains(position)) {
        return first.request;
      }
      long gap = first.request.window().start() - position;
      if (gap > 0 && gap < pace.stride(fresh.limit())) {
        return fresh.cutTo(gap);
      }
    }
    forget();
    return fresh;
  }

  /**
   * The outcome of what {@link #next} said, waited for.
   *
   * @throws LogBackendException if the request has failed
   */
  RangeOutcome outcome(RangeRequest request, Deadline deadline) throws InterruptedException {
    Asked first = asked.peek();
    if (first == null || !first.request.equals(request)) {
      return query.ask(request, !pace.isSteady(), deadline);
    }
    asked.remove();
    try {
      return first.outcome.get();
    } catch (InterruptedException e) {
      first.outcome.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      giveUp();
      if (!(e.getCause() instanceof LogBackendException failure)) {
        throw new IllegalStateException("prefetch", e.getCause());
      }
      if (failure.reason() != Reason.THROTTLED) {
        throw failure;
      }
      most--; // it may be that we may not ask beside another request
      return query.ask(request, !pace.isSteady(), deadline);
    }
  }

  /**
   * Asks for what probably comes behind an answer that is here and seems to be full.
   *
   * @param behind what comes next, for as many entries as are to be asked for
   */
  void askBehind(RangeRequest request, AnswerTimes times, Behind behind, Deadline deadline) {
    if (request.direction() == Direction.FORWARD && pace.isSteady()) {
      RangeRequest last = asked.isEmpty() ? request : asked.getLast().request;
      while (asked.size() < most) {
        last = behind.from(last.window().start() + pace.stride(last.limit()));
        if (last.window().isEmpty()) {
          return;
        }
        ask(last, deadline);
      }
    } else if (asked.isEmpty()
        && most > 0
        && times.entries() == request.limit()
        && times.first() != times.last()) {
      boolean forward = request.direction() == Direction.FORWARD;
      ask(behind.from(forward ? times.last() : times.first()), deadline);
    }
  }

  /** Says what comes from an instant on. */
  @FunctionalInterface
  interface Behind {
    RangeRequest from(long instant);
  }

  private void ask(RangeRequest request, Deadline deadline) {
    boolean timed = !pace.isSteady();
    FutureTask<RangeOutcome> outcome = new FutureTask<>(() -> query.ask(request, timed, deadline));
    asked.add(new Asked(request, outcome));
    Thread.ofVirtual().name("prefetch").start(outcome);
  }

  /** Learns from an answer that was full, of more than one instant. */
  void learn(Entries entries) {
    pace.learn(entries.last() - entries.first(), entries.returned());
  }

  /** Lets go of everything, and expects nothing until answers are alike again. */
  void forget() {
    giveUp();
    pace.forget();
  }

  /** Lets go of all answers, and of the requests that are under way. Does not block. */
  void giveUp() {
    asked.forEach(one -> one.outcome.cancel(true));
    asked.clear();
  }
}
