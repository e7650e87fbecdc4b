// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers that are believed for a while. A question that many ask at once is put once, and a caller
 * that cannot wait for the answer leaves it to the others. A failure is no answer: it goes to all
 * who waited for it, and the next one asks again.
 *
 * @param <Q> the question
 * @param <A> the answer
 */
final class AnswerCache<Q, A> {

  /** Each question on a thread of its own, which no caller's deadline interrupts. */
  private static final Executor THREADS =
      task -> Thread.ofVirtual().name("access-review").start(task);

  private final AsyncCache<Q, Outcome<A>> answers;
  private final Ticker ticker;
  private final Function<A, Duration> lifetime;

  /**
   * Creates an empty cache.
   *
   * @param entries how many answers are kept
   * @param ticker the clock by which they grow old
   * @param lifetime of an answer
   */
  AnswerCache(int entries, Ticker ticker, Function<A, Duration> lifetime) {
    this.ticker = ticker;
    this.lifetime = lifetime;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(entries)
            .ticker(ticker)
            .executor(THREADS)
            .expireAfter(new UntilTheirEnd<Q, A>())
            .buildAsync();
  }

  /** How long an outcome is still believed, in nanoseconds. */
  private static <A> long left(Outcome<A> outcome, long now) {
    return switch (outcome) {
      case Outcome.Answered<A>(_, long until) -> Math.max(0, until - now);
      case Outcome.Failed<A> _ -> 0;
    };
  }

  /** By the cache's own look at the clock: a second one, later, would shorten the time. */
  private static final class UntilTheirEnd<Q, A> implements Expiry<Q, Outcome<A>> {

    @Override
    public long expireAfterCreate(Q question, Outcome<A> outcome, long now) {
      return left(outcome, now);
    }

    @Override
    public long expireAfterUpdate(Q question, Outcome<A> outcome, long now, long current) {
      return current;
    }

    @Override
    public long expireAfterRead(Q question, Outcome<A> outcome, long now, long current) {
      return current;
    }
  }

  /** Values rather than failed futures, which Caffeine would log. */
  private sealed interface Outcome<A> {
    /**
     * An answer.
     *
     * @param until by the ticker
     */
    record Answered<A>(A answer, long until) implements Outcome<A> {}

    record Failed<A>(RuntimeException failure) implements Outcome<A> {}
  }

  /**
   * The answer to a question.
   *
   * @param asking puts the question, if need be
   * @throws RequestException what {@code asking} throws, or {@code DEADLINE_EXCEEDED}
   */
  A get(Q question, Supplier<A> asking, Deadline deadline) {
    return switch (await(future(question, asking), deadline)) {
      case Outcome.Answered<A>(A answer, _) -> answer;
      // Made anew: the one that is kept was thrown on another thread, and others get it too.
      case Outcome.Failed<A>(RequestException e) ->
          throw new RequestException(e.code(), String.valueOf(e.getMessage()), e);
      case Outcome.Failed<A>(RuntimeException e) -> throw new IllegalStateException(e);
    };
  }

  /**
   * The kept answer, one that is awaited, or a new one. Those who wait learn an answer a moment
   * before the cache learns how long it lasts, so that is looked at here too.
   */
  private CompletableFuture<Outcome<A>> future(Q question, Supplier<A> asking) {
    AtomicBoolean asked = new AtomicBoolean();
    CompletableFuture<Outcome<A>> future = orAsk(question, asking, asked);
    if (!asked.get() && future.isDone() && left(future.join(), ticker.read()) == 0) {
      answers.asMap().remove(question, future);
      return orAsk(question, asking, asked);
    }
    return future;
  }

  private CompletableFuture<Outcome<A>> orAsk(Q question, Supplier<A> asking, AtomicBoolean asked) {
    return answers.get(
        question,
        (_, threads) -> {
          asked.set(true);
          return CompletableFuture.supplyAsync(() -> outcome(asking), threads);
        });
  }

  private Outcome<A> outcome(Supplier<A> asking) {
    try {
      A answer = asking.get();
      return new Outcome.Answered<>(answer, ticker.read() + lifetime.apply(answer).toNanos());
    } catch (RuntimeException e) {
      return new Outcome.Failed<>(e);
    }
  }

  private static <T> T await(CompletableFuture<T> future, Deadline deadline) {
    try {
      return future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new RequestException(
          Code.DEADLINE_EXCEEDED, "the deadline has passed while the Kubernetes API was asked");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestException(
          Code.UNAVAILABLE, "interrupted while the Kubernetes API was asked", e);
    }
  }
}
