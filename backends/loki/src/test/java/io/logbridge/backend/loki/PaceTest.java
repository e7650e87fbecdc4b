// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void twoAnswersThatAreAlike_tellNothing() {
    pace.learn(1000, 10);
    pace.learn(1000, 10);

    assertThat(pace.isSteady()).isFalse();
  }

  @Test
  void threeAnswersThatAreAlike_tellHowLongTheNextWillBe() {
    pace.learn(900, 10);
    pace.learn(700, 8);
    pace.learn(810, 10);

    assertThat(pace.isSteady()).isTrue();
    assertThat(pace.stride(101)).isEqualTo(8640); // 100 times 90 ns, less 4 in 100
  }

  @Test
  void answerThatDiffers_beginsAnew() {
    alike();
    pace.learn(1000, 14);
    assertThat(pace.isSteady()).isFalse();

    pace.learn(1000, 14);
    assertThat(pace.isSteady()).isFalse();

    pace.learn(1000, 14);
    assertThat(pace.isSteady()).isTrue();
  }

  @Test
  void forgotten_itBeginsAnew() {
    alike();
    pace.forget();
    pace.learn(1000, 10);
    pace.learn(1000, 10);
    assertThat(pace.isSteady()).isFalse();

    pace.learn(1000, 10);
    assertThat(pace.isSteady()).isTrue();
  }

  @Test
  void entriesOfAlmostOneInstant_leadOn() {
    alike();
    pace.learn(1, 5000);

    assertThat(pace.stride(10)).isEqualTo(1);
  }

  private void alike() {
    for (int i = 0; i < 3; i++) {
      pace.learn(1000, 10);
    }
    assertThat(pace.isSteady()).isTrue();
  }
}
