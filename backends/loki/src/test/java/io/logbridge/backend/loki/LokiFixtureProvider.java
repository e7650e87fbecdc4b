// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.LogBackendFixtureProvider;
import java.util.Arrays;
import java.util.stream.Stream;

/** One fixture for each layout. */
public final class LokiFixtureProvider implements LogBackendFixtureProvider {

  @Override
  public Stream<LogBackendFixture> fixtures() {
    return Arrays.stream(LokiLayout.values()).map(LokiFixture::new);
  }
}
