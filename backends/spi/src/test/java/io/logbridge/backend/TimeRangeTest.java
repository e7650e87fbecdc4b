// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeRangeTest {

  private static final Instant T1 = Instant.parse("2026-08-20T10:00:01Z");
  private static final Instant T2 = T1.plusSeconds(1);
  private static final Instant T3 = T1.plusSeconds(2);
  private static final Instant T4 = T1.plusSeconds(3);

  @Test
  void anInvertedRange_isRefused() {
    assertThatThrownBy(() -> new TimeRange(T2, T1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("end: 2026-08-20T10:00:01Z (expected: not before 2026-08-20T10:00:02Z)");
  }

  @Test
  void intersection_isWhatBothShare() {
    assertThat(new TimeRange(T1, T3).intersect(new TimeRange(T2, T4)))
        .isEqualTo(new TimeRange(T2, T3));
    assertThat(new TimeRange(T1, null).intersect(new TimeRange(T2, null)))
        .isEqualTo(new TimeRange(T2, null));
    assertThat(new TimeRange(T1, null).intersect(new TimeRange(T2, T3)))
        .isEqualTo(new TimeRange(T2, T3));
    assertThat(new TimeRange(T1, T2).intersect(new TimeRange(T1, null)))
        .isEqualTo(new TimeRange(T1, T2));
  }

  @Test
  void intersectionOfRangesApart_isEmptyNotInverted() {
    TimeRange apart = new TimeRange(T1, T2).intersect(new TimeRange(T3, T4));

    assertThat(apart.isEmpty()).isTrue();
    assertThat(apart).isEqualTo(new TimeRange(T3, T3));
  }
}
