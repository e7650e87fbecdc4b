// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.LogBackendFixtureProvider;
import java.util.Arrays;
import java.util.stream.Stream;

/** One for each shape of events; and the vendor's image with each. */
public final class SplunkFixtureProvider implements LogBackendFixtureProvider {

  @Override
  public Stream<LogBackendFixture> fixtures() {
    return Stream.concat(
        Arrays.stream(Shape.values()).map(SplunkFixture::new),
        Arrays.stream(Shape.values()).map(SplunkImageFixture::new));
  }
}
