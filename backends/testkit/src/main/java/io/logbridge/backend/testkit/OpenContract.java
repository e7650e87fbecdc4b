// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogReader;
import org.junit.jupiter.api.Test;

/** Making things costs nothing and says nothing secret. */
class OpenContract extends BackendContract {

  OpenContract(StartedFixture started) {
    super(started);
  }

  @Test
  void readersThatAreNeverRead_costNoRequest() throws Exception {
    LogBackend backend = backend(PageSettings.of(10));
    backend.check(inTime());
    int before = proxy().requests();
    backend.check(inTime());
    int ofOneCheck = proxy().requests() - before;
    for (int i = 0; i < 20; i++) {
      backend.open(all(lines().container())).close();
    }
    backend.check(inTime());

    assertThat(proxy().requests() - before).isEqualTo(2 * ofOneCheck);
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
