// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The moment at which a call gives up. An instant on a clock that never jumps, unlike a timeout,
 * which is a duration: passing a deadline on does not extend it.
 */
public final class Deadline {

  /** About 146 years: far enough, and no addition overflows. */
  private static final long FAR = Long.MAX_VALUE / 2;

  private final LongSupplier nanoTime;
  private final long at;

  private Deadline(LongSupplier nanoTime, long at) {
    this.nanoTime = nanoTime;
    this.at = at;
  }

  /** The deadline that is this far away now. */
  public static Deadline after(Duration timeout) {
    return after(timeout, System::nanoTime);
  }

  /** The deadline that is this far away now by a clock of the caller's, in nanoseconds. */
  public static Deadline after(Duration timeout, LongSupplier nanoTime) {
    long nanos = timeout.compareTo(Duration.ofNanos(FAR)) < 0 ? timeout.toNanos() : FAR;
    return new Deadline(nanoTime, nanoTime.getAsLong() + nanos);
  }

  /** A deadline that is never reached. */
  public static Deadline never() {
    return after(Duration.ofNanos(FAR));
  }

  /** The time that is left; zero, never negative, when it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, at - nanoTime.getAsLong()));
  }

  /** Whether no time is left. */
  public boolean isExpired() {
    return at - nanoTime.getAsLong() <= 0;
  }

  /** This deadline, or the one that is {@code timeout} away now if that comes first. */
  public Deadline orAfter(Duration timeout) {
    return timeout.compareTo(remaining()) < 0 ? after(timeout, nanoTime) : this;
  }

  @Override
  public String toString() {
    return "in " + remaining();
  }
}
