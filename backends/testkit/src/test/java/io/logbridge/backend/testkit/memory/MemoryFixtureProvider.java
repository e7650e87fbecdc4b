// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.memory;

import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.LogBackendFixtureProvider;
import java.time.Duration;
import java.util.stream.Stream;

/** Two stores: one that keeps what it gets, and one as poor as the contract allows. */
public final class MemoryFixtureProvider implements LogBackendFixtureProvider {

  @Override
  public Stream<LogBackendFixture> fixtures() {
    return Stream.of(
        new MemoryFixture(MemoryStore.Kind.EXACT, Duration.ofNanos(1)),
        new MemoryFixture(MemoryStore.Kind.POOR, Duration.ofMillis(1)));
  }
}
