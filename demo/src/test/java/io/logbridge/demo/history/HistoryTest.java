// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.demo.history.TaskRun.Attempt;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the history holds what makes logs hard; tests of the server rely on it. */
final class HistoryTest {

  private static final Instant NOW = Instant.parse("2026-08-20T10:00:00Z");

  private final History history = History.asOf(NOW, 10_000);

  @Test
  void theSameMoment_givesTheSameHistory() {
    History again = History.asOf(NOW, 10_000);

    assertThat(again.pods().flatMap(pod -> pod.containers().stream()).flatMap(Container::lines))
        .containsExactlyElementsOf(
            history
                .pods()
                .flatMap(pod -> pod.containers().stream())
                .flatMap(Container::lines)
                .toList());
  }

  @Test
  void timesOfAContainer_neverDecrease() {
    history
        .pods()
        .flatMap(pod -> pod.containers().stream())
        .forEach(container ->
            assertThat(container.lines().map(Line::time).toList())
                .isSorted()
                .allMatch(time -> !time.isAfter(NOW)));
  }

  @Test
  void linesOfAnAttempt_wereWrittenWhileItRan() {
    for (Attempt attempt : history.allTaskRuns().flatMap(run -> run.attempts().stream()).toList()) {
      Instant end = attempt.completion() == null ? NOW : attempt.completion().plusSeconds(60);
      for (Container container : attempt.pod().containers()) {
        assertThat(container.lines().map(Line::time))
            .allMatch(time -> !time.isBefore(attempt.start()) && !time.isAfter(end));
      }
    }
  }

  @Test
  void theLoadTest_goesOnAfterMidnight() {
    Container container = onlyContainer("nightly-load-test-4c8vq");

    assertThat(container.lines().map(line -> line.time().atZone(ZoneOffset.UTC).getDayOfMonth()))
        .startsWith(18)
        .endsWith(19);
  }

  @Test
  void theEventStorm_hasLinesOfOneMillisecondAndOfOneNanosecond() {
    List<Instant> times = onlyContainer("event-storm-z6t1n").lines().map(Line::time).toList();

    assertThat(times.stream().map(Instant::toEpochMilli).distinct()).hasSize(3);
    assertThat(times.stream().distinct()).hasSize(times.size() - EventStorm.TOGETHER + 1);
  }

  @Test
  void strangers_shareNamesOfPodsButNotTheirUids() {
    Attempt attempt = history.taskRun("nightly-load-test-4c8vq").attempts().getFirst();

    assertThat(history.strangers())
        .isNotEmpty()
        .allMatch(
            pod -> pod.name().toLowerCase(java.util.Locale.ROOT).contains(attempt.pod().name()))
        .noneMatch(pod -> pod.uid().equals(attempt.pod().uid()));
  }

  private Container onlyContainer(String run) {
    return history.taskRun(run).attempts().getFirst().pod().containers().getFirst();
  }
}
