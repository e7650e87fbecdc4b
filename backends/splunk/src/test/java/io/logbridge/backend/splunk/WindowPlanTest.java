// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowPlanTest {

  private final WindowPlan plan = new WindowPlan(new TimeSpan(1000, 5000));

  @Test
  void firstStep_isTheWholeWindow() {
    assertThat(plan.next(10).span()).isEqualTo(new TimeSpan(1000, 5000));
  }

  @Test
  void steps_joinPiecesUpToTheSizeOfAPage() {
    plan.cut(plan.next(10), new TreeMap<>(Map.of(0L, 4L, 1L, 6L, 500L, 1L, 999L, 2L)));

    WindowPlan.Step first = plan.next(10);
    assertThat(first.span()).isEqualTo(new TimeSpan(1000, 3000));
    assertThat(first.rows()).isEqualTo(10);
    plan.done(first);
    WindowPlan.Step second = plan.next(10);
    assertThat(second.span()).isEqualTo(new TimeSpan(3000, 5000));
    assertThat(second.rows()).isEqualTo(3);
    plan.done(second);
    assertThat(plan.isEmpty()).isTrue();
  }

  @Test
  void pieceThatIsTooFull_standsAloneAndIsCutAgain() {
    plan.cut(plan.next(10), new TreeMap<>(Map.of(0L, 1L, 2L, 50L)));
    plan.done(plan.next(10));

    WindowPlan.Step full = plan.next(10);
    assertThat(full.span()).isEqualTo(new TimeSpan(1008, 1012));
    plan.cut(full, new TreeMap<>(Map.of(1L, 49L, 3L, 1L)));

    plan.done(plan.next(10));
    WindowPlan.Step instant = plan.next(10);
    assertThat(instant.span()).isEqualTo(new TimeSpan(1009, 1010));
    assertThat(instant.span().isDivisible()).isFalse();
  }

  /** Splunk counts in floating-point numbers, which may put an event beyond the window's edge. */
  @Test
  void countsOutsideOfTheWindow_areOfNoImportance() {
    plan.cut(plan.next(10), new TreeMap<>(Map.of(-1L, 5L, 0L, 1L, 1000L, 7L)));

    assertThat(plan.next(10).span()).isEqualTo(new TimeSpan(1000, 5000));
  }

  /** Whatever the counts say, each moment of the window is in exactly one step. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void steps_lieSideBySide(int seed) {
    Random random = new Random(seed);
    TimeSpan whole = new TimeSpan(random.nextInt(1000), 2000 + random.nextInt(100_000));
    WindowPlan any = new WindowPlan(whole);
    List<TimeSpan> steps = new ArrayList<>();
    while (!any.isEmpty()) {
      WindowPlan.Step step = any.next(1 + random.nextInt(20));
      if (step.span().isDivisible() && random.nextInt(3) > 0) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
          counts.put(random.nextLong(-2, WindowPlan.PIECES + 2), random.nextLong(40));
        }
        any.cut(step, counts);
      } else {
        any.done(step);
        steps.add(step.span());
      }
    }

    assertThat(steps.getFirst().start()).isEqualTo(whole.start());
    assertThat(steps.getLast().end()).isEqualTo(whole.end());
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i).start()).isEqualTo(steps.get(i - 1).end());
    }
  }
}
