// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.Secret;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the calls that follow share: one look at each container and at each run, however many follow
 * it. Safe for use by many threads.
 */
final class Following {

  private final LogBackend backend;
  private final Shared<TailKey, ContainerTail> tails;
  private final Shared<RunKey, RunWatch> runs;

  /**
   * @param finder reads the records of a run; blocks
   */
  Following(
      LogBackend backend,
      Function<RunKey, FoundRun> finder,
      FollowSettings settings,
      InstantSource clock) {
    this.backend = backend;
    this.tails = new Shared<>(key -> new ContainerTail(backend, key, settings, clock));
    this.runs = new Shared<>(key -> new RunWatch(() -> finder.apply(key), settings.timer()));
  }

  /**
   * The end of a container's log as a call may see it.
   *
   * @param caller the token of who calls; {@code null} for none
   */
  Shared.Lease<ContainerTail> tail(ContainerRef container, @Nullable Secret caller) {
    return tails.use(new TailKey(container, backend.asksAsCaller() ? caller : null));
  }

  Shared.Lease<RunWatch> run(RunKey key) {
    return runs.use(key);
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
