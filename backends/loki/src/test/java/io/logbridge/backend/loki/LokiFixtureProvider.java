// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.LogBackendFixtureProvider;
import java.util.Arrays;
import java.util.stream.Stream;

/** One for each layout; and the vendor's image, with those that need neither tenant nor gateway. */
public final class LokiFixtureProvider implements LogBackendFixtureProvider {

  @Override
  public Stream<LogBackendFixture> fixtures() {
    return Stream.concat(
        Arrays.stream(LokiLayout.values()).map(LokiFixture::new),
        Arrays.stream(LokiLayout.values())
            .filter(layout -> layout.options.gateway() == null && !layout.options.multiTenant())
            .map(LokiImageFixture::new));
  }
}
