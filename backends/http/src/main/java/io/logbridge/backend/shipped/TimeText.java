// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

/**
 * Reads the moments that shippers write, to the nanosecond: {@code
 * 2026-11-20T08:00:00.123456789+00:00} or {@code 1795161600000.123456} in milliseconds since 1970.
 */
public final class TimeText {

  /** What is returned for a text that is neither. */
  public static final long UNREADABLE = Long.MIN_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int NANO_DIGITS = 9;
  private static final int MILLI_SCALE = 6;
  private static final int SECONDS_LENGTH = 19;
  private static final int MIN_EPOCH_DIGITS = 10;

  private TimeText() {}

  /**
   * Nanoseconds since 1970, or {@link #UNREADABLE}. Does not check that a day or an hour exists:
   * the caller compares the result with the millisecond that the store has.
   */
  public static long parse(char[] text, int offset, int length) {
    int end = offset + length;
    if (length < MIN_EPOCH_DIGITS) {
      return UNREADABLE;
    }
    return length >= SECONDS_LENGTH && text[offset + 4] == '-'
        ? calendar(text, offset, end)
        : epochMillis(text, offset, end);
  }

  private static long calendar(char[] text, int offset, int end) {
    boolean shape =
        text[offset + 7] == '-'
            && (text[offset + 10] == 'T' || text[offset + 10] == ' ')
            && text[offset + 13] == ':'
            && text[offset + 16] == ':';
    int year = number(text, offset, 4);
    int month = number(text, offset + 5, 2);
    int day = number(text, offset + 8, 2);
    int hour = number(text, offset + 11, 2);
    int minute = number(text, offset + 14, 2);
    int second = number(text, offset + 17, 2);
    if (!shape || (year | month | day | hour | minute | second) < 0 || year < 1970 || year > 2261) {
      return UNREADABLE;
    }
    int zone = fractionEnd(text, offset + SECONDS_LENGTH, end);
    long nanos = fraction(text, offset + SECONDS_LENGTH, zone, NANO_DIGITS);
    int zoneSeconds = zoneSeconds(text, zone, end);
    if (nanos < 0 || zoneSeconds == Integer.MIN_VALUE) {
      return UNREADABLE;
    }
    long seconds = epochDay(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
    return (seconds - zoneSeconds) * NANOS_PER_SECOND + nanos;
  }

  private static long epochMillis(char[] text, int offset, int end) {
    long millis = 0;
    int at = offset;
    while (at < end && isDigit(text[at])) {
      millis = millis * 10 + (text[at] - '0');
      at++;
    }
    boolean plausible = at - offset >= MIN_EPOCH_DIGITS && at - offset <= 13;
    if (!plausible || fractionEnd(text, at, end) != end) {
      return UNREADABLE;
    }
    long nanos = fraction(text, at, end, MILLI_SCALE);
    long whole = millis * 1_000_000;
    return nanos < 0 || whole < 0 ? UNREADABLE : whole + nanos;
  }

  /** The end of a fraction that begins here, or here if none does. */
  private static int fractionEnd(char[] text, int start, int end) {
    if (start >= end || (text[start] != '.' && text[start] != ',')) {
      return start;
    }
    int at = start + 1;
    while (at < end && isDigit(text[at])) {
      at++;
    }
    return at;
  }

  /** A fraction in units of the {@code scale}th digit, further digits cut off; -1 if malformed. */
  private static long fraction(char[] text, int start, int end, int scale) {
    if (start == end) {
      return 0;
    }
    if (end - start < 2) {
      return -1;
    }
    long value = 0;
    for (int digit = 0; digit < scale; digit++) {
      int at = start + 1 + digit;
      value = value * 10 + (at < end ? text[at] - '0' : 0);
    }
    return value;
  }

  /** The zone's offset in seconds; {@link Integer#MIN_VALUE} if malformed. */
  private static int zoneSeconds(char[] text, int at, int end) {
    if (at == end || (text[at] == 'Z' && at + 1 == end)) {
      return 0;
    }
    boolean colon = end - at == 6 && text[at + 3] == ':';
    if ((text[at] != '+' && text[at] != '-') || (!colon && end - at != 5)) {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, at + 1, 2);
    int minutes = number(text, colon ? at + 4 : at + 3, 2);
    if ((hours | minutes) < 0) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return text[at] == '-' ? -seconds : seconds;
  }

  /** A number of so many digits; negative if there are others. */
  private static int number(char[] text, int at, int digits) {
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      value = value * 10 + (text[i] - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Days since 1970 of a date of the Gregorian calendar after 1970.
   *
   * @see <a
   *     href="https://howardhinnant.github.io/date_algorithms.html#days_from_civil">days_from_civil</a>
   */
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
