// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.TimeRange;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSpanTest {

  private static final Instant NOW = Instant.ofEpochMilli(5_000_000);

  @Test
  void window_isSearchedWithRoomForRounding() {
    TimeRange range =
        new TimeRange(Instant.ofEpochSecond(10, 999_999), Instant.ofEpochSecond(20, 1));

    assertThat(TimeSpan.around(range, NOW)).isEqualTo(new TimeSpan(9_999, 20_002));
  }

  @Test
  void openWindow_reachesAsFarAsSplunkIndexes() {
    TimeRange range = new TimeRange(Instant.ofEpochSecond(10), null);

    assertThat(TimeSpan.around(range, NOW).end())
        .isEqualTo(NOW.plus(Duration.ofDays(2)).toEpochMilli());
  }

  @Test
  void nothingIsBefore1970() {
    TimeRange range = new TimeRange(Instant.parse("1969-01-01T00:00:00Z"), Instant.EPOCH);

    assertThat(TimeSpan.around(range, NOW)).isEqualTo(new TimeSpan(0, 1));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.000", "7, 0.007", "65, 0.065", "1763625600123, 1763625600.123"})
  void moments_areSecondsWithAFraction(long millis, String expected) {
    assertThat(TimeSpan.seconds(millis)).isEqualTo(expected);
  }
}
