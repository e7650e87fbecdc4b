// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static io.logbridge.backend.testkit.Containers.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.proxy.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deletion takes the lines of one container and window, all of them and no others. */
class DeletionContract extends BackendContract {

  private static final int LINES = 20;

  private Lines lines;
  private List<StoredLine> stored;
  private LogBackend backend;

  DeletionContract(StartedFixture started) {
    super(started);
  }

  @BeforeEach
  void storeLines() throws Exception {
    lines = lines().every(Duration.ofSeconds(1));
    stored = store(lines.numbered(LINES));
    backend = backend(PageSettings.of(7));
  }

  @Test
  void deletion_takesTheWindowOnly() throws Exception {
    if (!isPossible()) {
      return;
    }
    delete(new TimeRange(lines.time(5), lines.time(15)));

    List<StoredLine> left =
        stored.stream()
            .filter(line ->
                line.timestamp().isBefore(lines.time(5))
                    || !line.timestamp().isBefore(lines.time(15)))
            .toList();
    LogAssert.assertExactly(Reading.all(backend, all(lines.container())), left);
  }

  @Test
  void deletion_leavesNeighbours() throws Exception {
    if (!isPossible()) {
      return;
    }
    ContainerRef own = lines.container();
    List<ContainerRef> neighbours =
        List.of(
            container(own.namespace(), own.pod() + "-1", own.container()),
            container(own.namespace(), "x-" + own.pod(), own.container()),
            container(own.namespace(), own.pod(), own.container() + "-2"),
            container(own.namespace() + "-2", own.pod(), own.container()));
    for (ContainerRef neighbour : neighbours) {
      store(lines.of(neighbour).numbered(LINES));
    }

    delete(allTime());

    assertThat(Reading.all(backend, all(own))).isEmpty();
    for (ContainerRef neighbour : neighbours) {
      LogAssert.assertExactly(
          Reading.all(backend, all(neighbour)), lines.of(neighbour).numbered(LINES));
    }
  }

  @Test
  void deletionOfWhatIsGone_succeeds() throws Exception {
    if (!isPossible()) {
      return;
    }
    delete(allTime());
    delete(allTime());

    assertThat(Reading.all(backend, all(lines.container()))).isEmpty();
  }

  @Test
  void refusedDeletion_failsAndTakesNothing() throws Exception {
    if (!isPossible()) {
      return; // it may be refused before the store is asked
    }
    backend.check(inTime());
    proxy().inject(new Fault.Answer(fixture().refusal(403, Leaks.DETAIL)));

    assertThatExceptionOfType(LogBackendException.class)
        .isThrownBy(() -> backend.delete(lines.container(), allTime(), inTime()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ACCESS_DENIED))
        .satisfies(e -> Leaks.assertNone(e, fixture()));

    proxy().heal();
    fixture().finishDeletions();
    LogAssert.assertExactly(Reading.all(backend, all(lines.container())), stored);
  }

  /** Whether the store can do it; one that cannot must say so. */
  private boolean isPossible() throws Exception {
    if (fixture().canDelete()) {
      return true;
    }
    assertThatExceptionOfType(LogBackendException.class)
        .isThrownBy(() -> backend.delete(lines.container(), allTime(), inTime()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_QUERY));
    LogAssert.assertExactly(Reading.all(backend, all(lines.container())), stored);
    return false;
  }

  private void delete(TimeRange range) throws Exception {
    backend.delete(lines.container(), range, inTime());
    fixture().finishDeletions();
  }
}
