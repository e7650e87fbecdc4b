// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations that a filter names. */
final class TimeLiterals {

  /**
   * As RFC 3339, and with what PostgreSQL takes and prints besides: slashes, blanks, no time, no
   * zone, a zone of hours only or by its name.
   */
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})[-/](\\d\\d)[-/](\\d\\d)"
              + "(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:[.]\\d{1,9})?)?)"
              + "(?: ?(?:Z|UTC|GMT|([+-](?:0\\d|1[0-5])(?::?\\d\\d|:\\d\\d:\\d\\d)?)))?)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LENGTHS =
      Pattern.compile("[+-]?(?:0|(?:\\d{1,12}(?:[.]\\d{0,12})?(?:h|m|s|ms|us|µs|ns))+)");

  private static final Pattern LENGTH = Pattern.compile("(\\d+(?:[.]\\d*)?)(ms|us|µs|ns|h|m|s)");

  private static final Map<String, BigDecimal> SECONDS =
      Map.of(
          "h", new BigDecimal(3600),
          "m", new BigDecimal(60),
          "s", BigDecimal.ONE,
          "ms", new BigDecimal("0.001"),
          "us", new BigDecimal("0.000001"),
          "µs", new BigDecimal("0.000001"),
          "ns", new BigDecimal("0.000000001"));

  /** What {@code google.protobuf.Duration} can hold. */
  private static final BigDecimal LONGEST = new BigDecimal("315576000000");

  private TimeLiterals() {}

  /**
   * The time that a text names.
   *
   * @param now for the words that PostgreSQL knows: {@code now}, {@code today}, {@code yesterday}
   */
  static OffsetDateTime time(String text, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return switch (text) {
      case "now" -> now.atOffset(ZoneOffset.UTC);
      case "today" -> midnight(today);
      case "yesterday" -> midnight(today.minusDays(1));
      case "tomorrow" -> midnight(today.plusDays(1));
      case "epoch" -> Instant.EPOCH.atOffset(ZoneOffset.UTC);
      default -> written(text);
    };
  }

  private static OffsetDateTime midnight(LocalDate date) {
    return date.atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  private static OffsetDateTime written(String text) {
    Matcher matcher = TIME.matcher(text);
    if (matcher.matches()) {
      try {
        LocalDate date = LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
        LocalTime time =
            matcher.group(4) == null ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group(4));
        ZoneOffset zone =
            matcher.group(5) == null ? ZoneOffset.UTC : ZoneOffset.of(matcher.group(5));
        if (date.getYear() > 0) {
          return OffsetDateTime.of(date, time, zone);
        }
      } catch (DateTimeException e) {
        throw badTime(text);
      }
    }
    throw badTime(text);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static RuntimeException badTime(String text) {
    return FilterException.invalid(
        "timestamp", text, "a time such as 2024-05-01T10:00:00Z, between the years 1 and 9999");
  }

  /** The seconds of a duration as Go writes it. */
  static BigDecimal seconds(String text) {
    if (!LENGTHS.matcher(text).matches()) {
      throw badDuration(text);
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher lengths = LENGTH.matcher(text);
    while (lengths.find()) {
      sum = sum.add(new BigDecimal(lengths.group(1)).multiply(SECONDS.get(lengths.group(2))));
    }
    if (sum.compareTo(LONGEST) > 0) {
      throw badDuration(text);
    }
    return text.startsWith("-") ? sum.negate() : sum;
  }

  private static RuntimeException badDuration(String text) {
    return FilterException.invalid(
        "duration", text, "a duration such as 1h30m or 250ms, of at most 10000 years");
  }
}
