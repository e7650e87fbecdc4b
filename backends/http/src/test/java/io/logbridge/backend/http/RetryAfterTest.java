// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @Test
  void seconds_areADuration() {
    assertThat(RetryAfter.of("120", NOW)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void date_isADurationFromNow() {
    assertThat(RetryAfter.of("Fri, 20 Nov 2026 08:00:30 GMT", NOW)).hasSeconds(30);
  }

  @Test
  void pastDate_isNoTime() {
    assertThat(RetryAfter.of("Fri, 20 Nov 2026 07:00:00 GMT", NOW)).isZero();
  }

  @Test
  void nonsense_isNothing() {
    assertThat(RetryAfter.of("soon", NOW)).isNull();
  }
}
