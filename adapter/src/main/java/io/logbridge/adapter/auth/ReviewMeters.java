// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/**
 * Counts the questions of one kind, and times those that had to be put to the cluster: the rest
 * were answered by the cache, or by an answer that was awaited already. Safe for use by many
 * threads.
 */
final class ReviewMeters {

  private final Counter questions;
  private final Timer answered;
  private final Timer failed;

  /**
   * Registers the meters.
   *
   * @param kind {@code token}: whose it is, or {@code permission}: what they may
   */
  ReviewMeters(String kind, MeterRegistry meters) {
    this.questions =
        Counter.builder("logbridge.access.questions")
            .description("Times that it was asked whose a token is, or what somebody may")
            .tag("kind", kind)
            .register(meters);
    this.answered = reviews(kind, "answered", meters);
    this.failed = reviews(kind, "failed", meters);
  }

  private static Timer reviews(String kind, String outcome, MeterRegistry meters) {
    return Timer.builder("logbridge.access.reviews")
        .description("Reviews that the Kubernetes API was asked for")
        .tag("kind", kind)
        .tag("outcome", outcome)
        .register(meters);
  }

  void asked() {
    questions.increment();
  }

  /** Puts a question to the cluster. */
  <A> A time(Supplier<A> review) {
    Timer.Sample sample = Timer.start();
    Timer outcome = failed;
    try {
      A answer = review.get();
      outcome = answered;
      return answer;
    } finally {
      sample.stop(outcome);
    }
  }
}
