// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.LogBackendFixtureProvider;
import java.util.Arrays;
import java.util.stream.Stream;

/** Real servers of both lines, with every layout. */
public final class ElasticsearchFixtureProvider implements LogBackendFixtureProvider {

  @Override
  public Stream<LogBackendFixture> fixtures() {
    return Arrays.stream(Layout.values()).map(ElasticsearchFixture::new);
  }
}
