// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T08:00:00Z, 1795161600000000000",
    "2026-11-20T08:00:00.1Z, 1795161600100000000",
    "2026-11-20T08:00:00.123456789+00:00, 1795161600123456789",
    "2026-11-20T10:00:00.123456789+02:00, 1795161600123456789",
    "2026-11-20T02:30:00.123456789-0530, 1795161600123456789",
    "2026-11-20 08:00:00.000000001Z, 1795161600000000001",
    "2026-11-20T08:00:00.1234567899Z, 1795161600123456789",
    "2026-11-20T08:00:00, 1795161600000000000",
    "2000-02-29T00:00:00Z, 951782400000000000",
    "1795161600000, 1795161600000000000",
    "1795161600000.654123, 1795161600000654123",
  })
  void momentsOfShippers_areReadToTheNanosecond(String text, long nanos) {
    assertThat(parse(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-20",
        "2026-11-20T08:00",
        "2026-11-20T08:00:00.Z",
        "2026-11-20T08:00:00+2",
        "2026-11-20T08:00:00 Europe/Berlin",
        "20x6-11-20T08:00:00Z",
        "1969-11-20T08:00:00Z",
        "9999-11-20T08:00:00Z",
        "17951616000000000",
        "1795161600000.x",
      })
  void otherTexts_areUnreadable(String text) {
    assertThat(parse(text)).isEqualTo(TimeText.UNREADABLE);
  }

  @Property
  void everyInstant_isReadAsWritten(
      @ForAll @LongRange(min = 86_400, max = 9_000_000_000L) long second,
      @ForAll @IntRange(min = 0, max = 999_999_999) int nano) {
    Instant instant = Instant.ofEpochSecond(second, nano);
    String text = DateTimeFormatter.ISO_INSTANT.format(instant);
    String zoned =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx")
            .format(instant.atOffset(ZoneOffset.ofHoursMinutes(-3, -30)));

    assertThat(instant(parse(text))).isEqualTo(instant);
    assertThat(instant(parse(zoned))).isEqualTo(instant);
  }

  private static Instant instant(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  private static long parse(String text) {
    char[] chars = ("##" + text + "##").toCharArray();
    return TimeText.parse(chars, 2, text.length());
  }
}
