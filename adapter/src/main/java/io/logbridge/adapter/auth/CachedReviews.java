// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reviews whose answers are believed for some seconds, and a token's never longer than the token
 * lasts. Tokens are kept as their hashes.
 *
 * <p>Who somebody is and what they may is kept apart. So a new token of the same user costs one
 * question, and each of the two answers is at most so old as the configuration says.
 */
final class CachedReviews implements AutoCloseable {

  private final Reviews reviews;
  private final Duration patience;
  private final AnswerCache<String, Owner> owners;
  private final AnswerCache<Question, Boolean> decisions;
  private final ReviewMeters ownerMeters;
  private final ReviewMeters decisionMeters;

  private record Owner(Optional<Identity> identity, @Nullable Instant tokenEnds) {}

  private record Question(Identity who, Permission what) {}

  /**
   * Creates empty caches.
   *
   * @param patience how long an answer is waited for
   * @param ticker by which answers grow old
   * @param clock by which tokens expire
   */
  CachedReviews(
      Reviews reviews,
      AuthConfig.Cache config,
      Duration patience,
      Ticker ticker,
      InstantSource clock,
      MeterRegistry meters) {
    this.reviews = reviews;
    this.patience = patience;
    this.owners =
        new AnswerCache<>(
            config.entries(),
            ticker,
            owner ->
                owner.identity().isPresent()
                    ? shorter(config.allowedFor(), owner.tokenEnds(), clock.instant())
                    : config.refusedFor());
    this.decisions =
        new AnswerCache<>(
            config.entries(),
            ticker,
            allowed -> allowed ? config.allowedFor() : config.refusedFor());
    this.ownerMeters = new ReviewMeters("token", meters);
    this.decisionMeters = new ReviewMeters("permission", meters);
  }

  private static Duration shorter(Duration time, @Nullable Instant end, Instant now) {
    if (end == null) {
      return time;
    }
    Duration left = Duration.between(now, end);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(time) < 0 ? left : time;
  }

  /** As {@link Reviews#authenticate}. */
  Optional<Identity> authenticate(String token, Deadline deadline) {
    return ask(
            owners,
            ownerMeters,
            Tokens.hash(token),
            () -> new Owner(reviews.authenticate(token), Tokens.expiry(token).orElse(null)),
            deadline)
        .identity();
  }

  /** As {@link Reviews#isAllowed}. */
  boolean isAllowed(Identity who, Permission what, Deadline deadline) {
    return ask(
        decisions,
        decisionMeters,
        new Question(who, what),
        () -> reviews.isAllowed(who, what),
        deadline);
  }

  private <Q, A> A ask(
      AnswerCache<Q, A> cache,
      ReviewMeters meters,
      Q question,
      Supplier<A> asking,
      Deadline deadline) {
    meters.asked();
    try {
      return cache.get(question, () -> meters.time(asking), deadline.orAfter(patience));
    } catch (RequestException e) {
      if (e.code() != Code.DEADLINE_EXCEEDED || deadline.isExpired()) {
        throw e;
      }
      throw new RequestException(
          Code.UNAVAILABLE,
          "whether this is allowed cannot be found out: the Kubernetes API has not answered within "
              + patience.toSeconds()
              + "s",
          e);
    }
  }

  @Override
  public void close() {
    reviews.close();
  }
}
