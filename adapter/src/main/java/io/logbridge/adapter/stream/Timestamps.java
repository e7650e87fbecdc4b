// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Timestamps as the kubelet writes them before lines, always with nine digits. */
final class Timestamps {

  private static final DateTimeFormatter NANOSECONDS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 9, 9, true)
          .appendLiteral("Z ")
          .toFormatter(java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** The time in UTC and the blank that ends it. */
  static String format(Instant timestamp) {
    return NANOSECONDS.format(timestamp);
  }
}
