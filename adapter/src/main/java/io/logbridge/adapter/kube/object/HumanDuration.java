// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.time.Duration;

/** Times as {@code kubectl} prints them: the longer, the coarser. */
final class HumanDuration {

  private HumanDuration() {}

  /** {@code 90s}, {@code 5m30s}, {@code 3h}, {@code 2d5h}, {@code 400d}, {@code 3y12d}. */
  static String text(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(-1)) <= 0) {
      return duration.toSeconds() < -1 ? "<invalid>" : "0s";
    }
    long seconds = Math.max(0, duration.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 2 * 60) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 3 * 60) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 2 * 24) {
      return hours + "h";
    }
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 2 * 365) {
      return days + "d";
    }
    return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
  }

  private static String two(long coarse, String unit, long fine, String finer) {
    return fine == 0 ? coarse + unit : coarse + unit + fine + finer;
  }
}
