// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A store that tells how far back it reaches tells it of all logs together.
 *
 * <p>No test of any contract stores a line from before the fixture's epoch.
 */
class OldestLineContract extends BackendContract {

  private ContainerRef container;
  private LogBackend backend;

  OldestLineContract(StartedFixture started) {
    super(started);
  }

  @BeforeEach
  void storeALineAtTheEpoch() throws Exception {
    Lines lines = lines();
    container = lines.container();
    store(List.of(lines.line(0, "the first of all")));
    backend = backend(PageSettings.of(10));
  }

  @Test
  void theOldestLine_isToldWhereTheStoreCan_orNothing() throws Exception {
    Optional<Instant> oldest = backend.oldest(container, inTime());

    if (can(backend, Capability.OLDEST_LINE)) {
      Instant epoch = fixture().epoch();
      assertThat(oldest)
          .hasValueSatisfying(
              line -> assertThat(line).isBetween(epoch.minus(Duration.ofDays(1)), epoch));
    } else {
      assertThat(oldest).isEmpty();
    }
  }

  @Test
  void aStoreThatIsGone_isNotOneWithoutLines() throws Exception {
    proxy().refuseConnections();

    if (can(backend, Capability.OLDEST_LINE)) {
      assertThatExceptionOfType(LogBackendException.class)
          .isThrownBy(() -> backend.oldest(container, inTime()))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(LogBackendException.Reason.UNAVAILABLE));
    } else {
      assertThat(backend.oldest(container, inTime())).isEmpty();
    }
  }
}
