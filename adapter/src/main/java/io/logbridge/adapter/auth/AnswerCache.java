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

  /**
   * Creates an empty cache.
   *
   * @param entries how many answers are kept
   * @param ticker the clock by which they grow old
   * @param lifetime of an answer
   */
  AnswerCache(int entries, Ticker ticker, Function<A, Duration> lifetime) {
    answers =
        Caffeine.newBuilder()
            .maximumSize(entries)
            .ticker(ticker)
            .executor(THREADS)
            .expireAfter(
                Expiry.<Q, Outcome<A>>creating((_, outcome) -> lifetime(outcome, lifetime)))
            .buildAsync();
  }

  private static <A> Duration lifetime(Outcome<A> outcome, Function<A, Duration> lifetime) {
    return switch (outcome) {
      case Outcome.Answered<A>(A answer) -> lifetime.apply(answer);
      case Outcome.Failed<A> _ -> Duration.ZERO;
    };
  }

  /** Values rather than failed futures, which Caffeine would log. */
  private sealed interface Outcome<A> {
    record Answered<A>(A answer) implements Outcome<A> {}

    record Failed<A>(RuntimeException failure) implements Outcome<A> {}
  }

  /**
   * The answer to a question.
   *
   * @param asking puts the question, if need be
   * @throws RequestException what {@code asking} throws, or {@code DEADLINE_EXCEEDED}
   */
  A get(Q question, Supplier<A> asking, Deadline deadline) {
    CompletableFuture<Outcome<A>> future =
        answers.get(
            question,
            (_, threads) -> CompletableFuture.supplyAsync(() -> outcome(asking), threads));
    return switch (await(future, deadline)) {
      case Outcome.Answered<A>(A answer) -> answer;
      // Made anew: the one that is kept was thrown on another thread, and others get it too.
      case Outcome.Failed<A>(RequestException e) ->
          throw new RequestException(e.code(), String.valueOf(e.getMessage()), e);
      case Outcome.Failed<A>(RuntimeException e) -> throw new IllegalStateException(e);
    };
  }

  private static <A> Outcome<A> outcome(Supplier<A> asking) {
    try {
      return new Outcome.Answered<>(asking.get());
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
