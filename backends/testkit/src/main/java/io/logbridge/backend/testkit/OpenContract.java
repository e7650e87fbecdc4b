// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogReader;
import org.junit.jupiter.api.Test;

/** Making things costs nothing and says nothing secret. */
class OpenContract extends BackendContract {

  /** More readers than a check makes requests. */
  private static final int NEVER_READ = 50;

  OpenContract(StartedFixture started) {
    super(started);
  }

  @Test
  void readersThatAreNeverRead_costNoRequest() throws Exception {
    LogBackend backend = backend(PageSettings.of(10));
    for (int i = 0; i < NEVER_READ; i++) {
      backend.open(all(lines().container())).close();
    }
    backend.check(inTime());

    // What a check gives back it may give back later: only an upper bound is the same each time.
    assertThat(proxy().requests()).isBetween(1, NEVER_READ - 1);
  }

  @Test
  void openingSucceedsWithoutTheStore() {
    proxy().refuseConnections();
    try (LogBackend backend = backend(PageSettings.of(10));
        LogReader reader = backend.open(all(lines().container()))) {
      assertThat(reader).isNotNull();
      assertThat(backend.capabilities()).isNotNull();
    }
  }

  @Test
  void explanation_namesTheContainerAndNoCredential() throws Exception {
    ContainerRef container = lines().container();
    LogBackend backend = backend(PageSettings.of(10));

    String explanation = backend.explain(all(container), inTime());

    assertThat(explanation).contains(container.namespace(), container.pod(), container.container());
    Leaks.assertNone(explanation, fixture());
  }

  @Test
  void description_namesTheStoreAndNoCredential() {
    LogBackend backend = backend(PageSettings.of(10));

    assertThat(backend.type()).isNotBlank();
    assertThat(backend.toString()).contains(backend.type()).contains(proxy().uri().getAuthority());
    Leaks.assertNone(backend.toString(), fixture());
    try (LogReader reader = backend.open(all(lines().container()))) {
      Leaks.assertNone(reader.toString(), fixture());
    }
  }
}
