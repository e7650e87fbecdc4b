// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.LogBackendFixtureProvider;
import java.util.Arrays;
import java.util.stream.Stream;

/** Real servers of both lines, with every layout; and the vendor's image of each line, with one. */
public final class ElasticsearchFixtureProvider implements LogBackendFixtureProvider {

  @Override
  public Stream<LogBackendFixture> fixtures() {
    return Stream.concat(
        Arrays.stream(Layout.values()).map(layout -> new ElasticsearchFixture(layout, false)),
        Stream.of(Layout.VIAQ_NANOS, Layout.FLUENT_BIT_ROUTED)
            .map(layout -> new ElasticsearchFixture(layout, true)));
  }
}
