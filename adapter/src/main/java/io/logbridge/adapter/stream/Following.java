// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.record.LogName;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What the calls that follow share: one look at each container and at each run, however many follow
 * it. Safe for use by many threads.
 */
final class Following {

  private final Shared<ContainerRef, ContainerTail> tails;
  private final Shared<LogName, RunWatch> runs;

  /**
   * @param finder reads the records of a run; blocks
   */
  Following(
      LogBackend backend,
      Function<LogName, FoundRun> finder,
      FollowSettings settings,
      InstantSource clock) {
    this.tails = new Shared<>(container -> new ContainerTail(backend, container, settings, clock));
    this.runs = new Shared<>(name -> new RunWatch(() -> finder.apply(name), settings.timer()));
  }

  Shared.Lease<ContainerTail> tail(ContainerRef container) {
    return tails.use(container);
  }

  Shared.Lease<RunWatch> run(LogName name) {
    return runs.use(name);
  }

  /** How many containers are being looked at. */
  int containers() {
    return tails.size();
  }

  /** How many runs are being looked at. */
  int runs() {
    return runs.size();
  }
}
