// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow

  @Test
  void remaining_countsDownToZeroAndNotFurther() {
    Deadline deadline = Deadline.after(Duration.ofNanos(10), now::get);
    assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(10));

    now.addAndGet(9);
    assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));
    assertThat(deadline.isExpired()).isFalse();

    now.addAndGet(1);
    assertThat(deadline.isExpired()).isTrue();
    now.addAndGet(100);
    assertThat(deadline.remaining()).isZero();
  }

  @Test
  void orAfter_takesTheEarlier() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(10), now::get);

    assertThat(deadline.orAfter(Duration.ofSeconds(3)).remaining())
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(deadline.orAfter(Duration.ofSeconds(30))).isSameAs(deadline);
  }

  @Test
  void never_isFar() {
    assertThat(Deadline.never().isExpired()).isFalse();
    assertThat(Deadline.never().remaining()).isGreaterThan(Duration.ofDays(36_500));
  }
}
