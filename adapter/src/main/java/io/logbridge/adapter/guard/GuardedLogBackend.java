// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.guard;

import io.github.resilience4j.core.IntervalFunction;
import io.logbridge.adapter.trace.Traced;
import io.logbridge.adapter.trace.Traces;
import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A backend whose page reads are limited in number, time and memory, refused while the store is
 * down, and repeated when that may help.
 *
 * <p>A read is repeated by asking the same reader again: it has not moved (see {@link LogReader}).
 *
 * <p>Metrics: {@code logbridge_store_retries_total}, {@code logbridge_lines_undecoded_total}; see
 * {@link StoreGuard} and {@link PageBudget} for the others.
 */
public final class GuardedLogBackend implements LogBackend {

  private final String store;
  private final LogBackend delegate;
  private final GuardConfig config;
  private final StoreGuard guard;
  private final Pause pause;
  private final RetryBudget budget = new RetryBudget();
  private final PageBudget pages;
  private final IntervalFunction backoff;
  private final Counter retries;
  private final Counter undecoded;

  public GuardedLogBackend(
      LogBackend delegate, GuardConfig config, MeterRegistry meters, Clock clock) {
    this(delegate, config, meters, clock, Pause.real());
  }

  GuardedLogBackend(
      LogBackend delegate, GuardConfig config, MeterRegistry meters, Clock clock, Pause pause) {
    this.store = delegate.type().toLowerCase(Locale.ROOT);
    this.delegate = delegate;
    this.config = config;
    this.guard = new StoreGuard(store, config, meters, clock);
    this.pages = new PageBudget(store, config.pageMemory(), config.maxWait(), meters);
    this.pause = pause;
    this.backoff =
        IntervalFunction.ofExponentialRandomBackoff(
            config.backoff(), 2.0, 0.5, config.maxBackoff());
    this.undecoded =
        Counter.builder("logbridge.lines.undecoded")
            .description("Lines given as they are stored, since they have not the expected form")
            .tag("name", store)
            .register(meters);
    this.retries =
        Counter.builder("logbridge.store.retries")
            .description("Page reads that were repeated after a failure")
            .tag("name", store)
            .register(meters);
  }

  /** The breaker's state: {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}. */
  public String breakerState() {
    return guard.state();
  }

  @Override
  public String type() {
    return delegate.type();
  }

  @Override
  public Set<Capability> capabilities() {
    return delegate.capabilities();
  }

  @Override
  public boolean asksAsCaller() {
    return delegate.asksAsCaller();
  }

  @Override
  public LogReader open(LogQuery query) {
    LogReader reader = delegate.open(query);
    Context call = Context.current(); // pages are read by other threads
    LogReader guarded =
        new LogReader() {
          private long counted;
          private boolean insists;

          @Override
          public LogPage read(Deadline deadline) throws InterruptedException {
            LogPage page = page(deadline);
            insists = true; // what has begun is not cut off because others ask too
            long found = reader.undecoded();
            undecoded.increment((double) (found - counted));
            counted = found;
            return page;
          }

          private LogPage page(Deadline deadline) throws InterruptedException {
            try (Traced span = Traces.request("page", call)) {
              span.attribute("logbridge.container", query.container().toString());
              LogPage page = guarded(reader::read, deadline, insists, span);
              span.attribute("logbridge.lines", page.entries().size());
              span.attribute("logbridge.bytes", page.bytes());
              return page;
            }
          }

          @Override
          public void aimAt(long bytes) {
            reader.aimAt(bytes);
          }

          @Override
          public void insist() {
            insists = true;
          }

          @Override
          public void close() {
            reader.close();
          }
        };
    // Outside of the guard: who waits for memory must not keep others from the store.
    return new PagedReader(guarded, pages);
  }

  @Override
  public void delete(ContainerRef container, TimeRange range, Deadline deadline)
      throws InterruptedException {
    try (Traced span = Traces.request("delete")) {
      span.attribute("logbridge.container", container.toString());
      guarded(
          left -> {
            delegate.delete(container, range, left);
            return true;
          },
          deadline,
          false,
          span);
    }
  }

  @Override
  public Optional<Instant> oldest(ContainerRef container, Deadline deadline)
      throws InterruptedException {
    if (!capabilities().contains(Capability.OLDEST_LINE)) {
      return Optional.empty(); // without a place that a request would take
    }
    try (Traced span = Traces.request("oldest line")) {
      return guarded(left -> delegate.oldest(container, left), deadline, false, span);
    }
  }

  /** A request to the store that may be repeated. */
  @FunctionalInterface
  private interface Attempt<T> {
    T run(Deadline deadline) throws InterruptedException;
  }

  private <T> T guarded(Attempt<T> request, Deadline deadline, boolean insists, Traced span)
      throws InterruptedException {
    span.attribute("db.system.name", store);
    for (int attempt = 1; ; attempt++) {
      awaitTurn(deadline, insists, span);
      boolean shortDeadline = deadline.remaining().compareTo(config.requestTimeout()) < 0;
      try {
        T answer =
            guard.call(() -> request.run(deadline.orAfter(config.requestTimeout())), shortDeadline);
        budget.succeeded();
        return answer;
      } catch (LogBackendException e) {
        Duration wait = waitAfter(attempt, e);
        if (!mayRetry(e, attempt, wait, deadline)) {
          span.failed(e.reason().name());
          throw e;
        }
        span.event("retry after " + e.reason());
        retries.increment();
        pause.await(wait);
      }
    }
  }

  /** A refusal is final: to wait once more would be to wait longer than is promised. */
  private void awaitTurn(Deadline deadline, boolean insists, Traced span)
      throws InterruptedException {
    try {
      guard.await(deadline, insists);
    } catch (LogBackendException e) {
      span.failed(e.reason().name());
      throw e;
    }
  }

  private Duration waitAfter(int attempt, LogBackendException e) {
    Duration own = Duration.ofMillis(backoff.apply(attempt));
    Duration asked = e.retryAfter().orElse(Duration.ZERO);
    return asked.compareTo(own) > 0 ? asked : own;
  }

  private boolean mayRetry(LogBackendException e, int attempt, Duration wait, Deadline deadline) {
    return attempt < config.maxAttempts()
        && isTransient(e.reason())
        && wait.compareTo(config.maxBackoff()) <= 0
        && wait.compareTo(deadline.remaining()) < 0
        && !"OPEN".equals(guard.state())
        && budget.tryTake();
  }

  private static boolean isTransient(Reason reason) {
    return switch (reason) {
      case UNAVAILABLE, TIMED_OUT, THROTTLED, MALFORMED -> true;
      case ACCESS_DENIED, CALLER_DENIED, BAD_QUERY, INCOMPLETE, NOT_FOUND, MISCONFIGURED -> false;
    };
  }

  @Override
  public String explain(LogQuery query, Deadline deadline) throws InterruptedException {
    return delegate.explain(query, deadline.orAfter(config.requestTimeout()));
  }

  @Override
  public void check(Deadline deadline) throws InterruptedException {
    delegate.check(deadline.orAfter(config.requestTimeout()));
  }

  @Override
  public void close() {
    delegate.close();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
