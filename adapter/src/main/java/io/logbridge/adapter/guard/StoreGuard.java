// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Circuit breaker of one store, and whose turn it is to ask it.
 *
 * <p>The breaker decides over single page reads, never over a whole stream: a stream's creation
 * tells nothing. A read that the caller gave up, or that is the request's own fault, counts neither
 * as success nor as failure.
 *
 * <p>Metrics: {@code resilience4j_circuitbreaker_*}, {@code logbridge_store_requests_max}, {@code
 * logbridge_store_requests_running}, {@code logbridge_store_requests_waiting}, with the store's
 * type in lower case as their {@code name}.
 */
final class StoreGuard {

  private static final Logger LOG = System.getLogger(StoreGuard.class.getName());

  private final String store;
  private final Clock clock;
  private final Duration openFor;
  private final CircuitBreaker breaker;
  private final Turns turns;
  private volatile Instant opened = Instant.EPOCH;

  StoreGuard(String store, GuardConfig config, MeterRegistry meters, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.openFor = config.breaker().openFor();
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(breaker(config, clock));
    this.breaker = breakers.circuitBreaker(store);
    this.turns = new Turns(config.concurrentReads(), config.maxWait());
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    gauge(meters, "max", "Requests that the store may have at once", turns::count);
    gauge(meters, "running", "Requests that the store has", turns::taken);
    gauge(meters, "waiting", "Requests that wait for their turn", turns::waiting);
    breaker.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
  }

  private static CircuitBreakerConfig breaker(GuardConfig config, Clock clock) {
    GuardConfig.BreakerConfig breaker = config.breaker();
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.TIME_BASED)
        .slidingWindowSize((int) breaker.window().toSeconds())
        .minimumNumberOfCalls(breaker.minimumReads())
        .failureRateThreshold(breaker.failureRate())
        .waitDurationInOpenState(breaker.openFor())
        .permittedNumberOfCallsInHalfOpenState(3)
        // A trial that hangs must not keep the breaker half-open for ever.
        .maxWaitDurationInHalfOpenState(config.requestTimeout().plus(breaker.openFor()))
        .clock(clock)
        .build();
  }

  private void gauge(MeterRegistry meters, String name, String description, Supplier<Number> of) {
    Gauge.builder("logbridge.store.requests." + name, of)
        .description(description)
        .tag("name", store)
        .register(meters);
  }

  /** The breaker's state: {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}. */
  String state() {
    return breaker.getState().name();
  }

  /**
   * Waits for the turn of a read, which must then be {@link #call}ed.
   *
   * @param insists whether to wait until the deadline, and not {@code maxWait} at the longest
   * @throws LogBackendException {@code UNAVAILABLE} at once if the breaker is open; see {@link
   *     Turns#await} for when the turn does not come in time
   */
  void await(Deadline deadline, boolean insists) throws InterruptedException {
    if (breaker.getState() == CircuitBreaker.State.OPEN) {
      requirePermission();
      breaker.releasePermission(); // a trial begins when it can, not when it begins to wait
    }
    turns.await(deadline, insists, store + " is busy with " + turns.count() + " reads of ours");
  }

  /**
   * Runs a read whose turn it is, if the store may be asked by now, and ends the turn.
   *
   * @throws LogBackendException {@code UNAVAILABLE} if the breaker has opened while the read
   *     waited; else what the read throws
   */
  <T> T call(CheckedSupplier<T> read, boolean shortDeadline) throws InterruptedException {
    try {
      requirePermission();
      return measured(read, shortDeadline);
    } finally {
      turns.giveBack();
    }
  }

  private void requirePermission() {
    if (!breaker.tryAcquirePermission()) {
      throw open();
    }
  }

  private <T> T measured(CheckedSupplier<T> read, boolean shortDeadline)
      throws InterruptedException {
    long start = System.nanoTime();
    try {
      T result = read.get();
      breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      return result;
    } catch (LogBackendException e) {
      if (counts(e.reason(), shortDeadline)) {
        breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
      } else {
        breaker.releasePermission();
      }
      throw e;
    } catch (InterruptedException | RuntimeException | Error e) {
      breaker.releasePermission();
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the backend broke its contract", e);
    }
  }

  /** Whether a failure says something about the store's health. */
  private static boolean counts(Reason reason, boolean shortDeadline) {
    return switch (reason) {
      case UNAVAILABLE, THROTTLED, MALFORMED -> true;
      case TIMED_OUT -> !shortDeadline;
      case ACCESS_DENIED, CALLER_DENIED, BAD_QUERY, INCOMPLETE, NOT_FOUND, MISCONFIGURED -> false;
    };
  }

  private LogBackendException open() {
    Duration left = Duration.between(clock.instant(), opened.plus(openFor));
    Duration retryAfter = left.compareTo(MINIMUM_WAIT) < 0 ? MINIMUM_WAIT : left;
    return new LogBackendException(
        Reason.UNAVAILABLE,
        store
            + " has failed too often and is not asked for the moment (circuit breaker "
            + state().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
            + ")",
        retryAfter,
        null);
  }

  private static final Duration MINIMUM_WAIT = Duration.ofSeconds(1);

  private void changed(CircuitBreaker.StateTransition transition) {
    if (transition.getToState() == CircuitBreaker.State.OPEN) {
      opened = clock.instant();
    }
    CircuitBreaker.Metrics metrics = breaker.getMetrics();
    LOG.log(
        Level.INFO,
        "circuit breaker of {0}: {1} -> {2} ({3} of {4} reads failed)",
        store,
        transition.getFromState(),
        transition.getToState(),
        metrics.getNumberOfFailedCalls(),
        metrics.getNumberOfBufferedCalls());
  }
}
