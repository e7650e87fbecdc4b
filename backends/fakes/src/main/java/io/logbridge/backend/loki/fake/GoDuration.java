// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.time.Duration;

/** Durations as Go and Prometheus write them. */
final class GoDuration {

  private GoDuration() {}

  /** {@code 1440h1m0s}. */
  static String ofGo(Duration duration) {
    return duration.toHours()
        + "h"
        + duration.toMinutesPart()
        + "m"
        + duration.toSecondsPart()
        + "s";
  }

  /** {@code 30d1h}. */
  static String ofPrometheus(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }
}
