// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.LogReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any lines of any containers, any page size, any window and any transient faults: what is read is
 * exactly what was stored.
 *
 * <p>The cases follow from a seed, so that a failure can be repeated; {@code -Dcontract.seed=...}
 * makes others.
 */
class PropertyContract extends BackendContract {

  private static final int CASES = 25;
  private static final int GENERATOR_SIZE = 1000;
  private static final long SEED = Long.getLong("contract.seed", 20_260_820L);

  PropertyContract(StartedFixture started) {
    super(started);
  }

  static IntStream cases() {
    return IntStream.range(0, CASES);
  }

  @ParameterizedTest(name = "case {0}")
  @MethodSource("cases")
  void whateverIsStored_isReadExactly(int number) throws Exception {
    List<ContainerRef> containers = containers();
    LogBackend backend = backend(PageSettings.of(1));
    boolean duplicates = can(backend, Capability.EXACT_DUPLICATES);
    RandomLog log = random(number, containers, duplicates);
    store(log.lines());

    for (ContainerRef container : containers) {
      for (Direction direction : Direction.values()) {
        assertRead(log, new LogQuery(container, log.window(), direction, LogQuery.ALL));
      }
    }
  }

  private RandomLog random(int number, List<ContainerRef> containers, boolean duplicates) {
    List<RandomLog> made = new ArrayList<>(1);
    JqwikSession.run(() ->
        made.add(
            RandomLog.arbitrary(fixture(), containers, duplicates)
                .generator(GENERATOR_SIZE)
                .next(new Random(SEED + number))
                .value()));
    return made.getFirst();
  }

  /** Names of which each is a part of the others. */
  private static List<ContainerRef> containers() {
    String namespace = Containers.freshNamespace();
    return List.of(
        Containers.container(namespace, "run-pod", "step-build"),
        Containers.container(namespace, "run-pod", "step-build-2"),
        Containers.container(namespace, "run-pod-2", "step-build"));
  }

  private void assertRead(RandomLog log, LogQuery query) throws InterruptedException {
    LogBackend backend = backend(log.pages());
    List<StoredLine> expected = log.expected(query.container());
    if (query.direction() == Direction.BACKWARD) {
      expected = expected.reversed();
    }
    List<LogEntry> read = read(backend, query, new ArrayDeque<>(log.troubles()));
    if (can(backend, Capability.STABLE_TIES)) {
      LogAssert.assertExactly(read, expected);
    } else if (query.direction() == Direction.BACKWARD) {
      LogAssert.assertSameInOrderOfTime(read.reversed(), expected.reversed());
    } else {
      LogAssert.assertSameInOrderOfTime(read, expected);
    }
  }

  /** Reads to the end; after each failure goes on with the same reader and the next trouble. */
  private List<LogEntry> read(
      LogBackend backend, LogQuery query, Deque<RandomLog.TroubleAt> troubles)
      throws InterruptedException {
    List<LogEntry> read = new ArrayList<>();
    int failures = 0;
    try (LogReader reader = backend.open(query)) {
      while (true) {
        inject(troubles.poll());
        try {
          Reading.restInto(read, reader, inTime());
          return read;
        } catch (LogBackendException e) {
          Leaks.assertNone(e, fixture());
          failures++;
          assertThat(failures).as("failures for %s", e).isLessThanOrEqualTo(RandomLog.TROUBLES);
        }
      }
    } finally {
      proxy().heal();
    }
  }

  private void inject(RandomLog.@Nullable TroubleAt next) {
    if (next == null) {
      proxy().heal();
    } else {
      proxy().injectAt(next.request(), next.trouble().fault().apply(fixture()));
    }
  }
}
