// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.time.Instant;

/** The version of a row, in the form that Tekton Results gives it: uid and time of the change. */
final class Etag {

  private Etag() {}

  /**
   * The etag of a row that changes now.
   *
   * @param now with all the digits that the clock has: the column of the time keeps microseconds,
   *     the etag nanoseconds
   * @param previous the etag before the change; empty if the row is new. The result differs from it
   *     however coarse the clock is.
   */
  static String next(String uid, Instant now, String previous) {
    String etag = of(uid, now);
    return etag.equals(previous) ? of(uid, now.plusNanos(1)) : etag;
  }

  private static String of(String uid, Instant time) {
    return "%s-%d%09d".formatted(uid, time.getEpochSecond(), time.getNano());
  }
}
