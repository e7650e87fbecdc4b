// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Circuit breaker and bulkhead of one store.
 *
 * <p>The breaker decides over single page reads, never over a whole stream: a stream's creation
 * tells nothing. A read that the caller gave up, or that is the request's own fault, counts neither
 * as success nor as failure.
 *
 * <p>Metrics: those of Resilience4j, {@code resilience4j_circuitbreaker_*} and {@code
 * resilience4j_bulkhead_*}, with the store's type in lower case as their {@code name}.
 */
final class StoreGuard {

  private static final Logger LOG = System.getLogger(StoreGuard.class.getName());

  private final String store;
  private final Clock clock;
  private final Duration openFor;
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;
  private volatile Instant opened = Instant.EPOCH;

  StoreGuard(String store, GuardConfig config, MeterRegistry meters, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.openFor = config.breaker().openFor();
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(breaker(config, clock));
    BulkheadRegistry bulkheads = BulkheadRegistry.of(bulkhead(config));
    this.breaker = breakers.circuitBreaker(store);
    this.bulkhead = bulkheads.bulkhead(store);
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
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

  private static BulkheadConfig bulkhead(GuardConfig config) {
    return BulkheadConfig.custom()
        .maxConcurrentCalls(config.concurrentReads())
        .maxWaitDuration(config.maxWait())
        .fairCallHandlingStrategyEnabled(true)
        .build();
  }

  /** The breaker's state: {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}. */
  String state() {
    return breaker.getState().name();
  }

  /**
   * Runs a read when the store may be asked and it is its turn.
   *
   * @throws LogBackendException {@code UNAVAILABLE} at once if the breaker is open, {@code
   *     THROTTLED} if the turn does not come in time; else what the read throws
   */
  <T> T call(CheckedSupplier<T> read, boolean shortDeadline) throws InterruptedException {
    if (!breaker.tryAcquirePermission()) {
      throw open();
    }
    if (!enter()) {
      breaker.releasePermission();
      throw new LogBackendException(
          Reason.THROTTLED,
          store
              + " is busy with "
              + bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
              + " reads of ours, and the turn of this one did not come within "
              + bulkhead.getBulkheadConfig().getMaxWaitDuration().toSeconds()
              + " s");
    }
    try {
      return measured(read, shortDeadline);
    } finally {
      bulkhead.onComplete();
    }
  }

  private boolean enter() throws InterruptedException {
    boolean entered = bulkhead.tryAcquirePermission();
    if (Thread.interrupted()) {
      if (entered) {
        bulkhead.releasePermission();
      }
      breaker.releasePermission();
      throw new InterruptedException("interrupted while waiting for a turn");
    }
    return entered;
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
