// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransportConfigTest {

  private final TransportConfig config = TransportConfig.defaults();

  @Test
  void aLimitThatIsNone_isRefusedByNameAndValue() {
    assertThatThrownBy(() -> config.withStallLimit(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stallLimit: PT0S (expected: > 0)");
    assertThatThrownBy(() -> config.withMaxResets(-1)).hasMessage("maxResets: -1 (expected: > 0)");
    assertThatThrownBy(() -> config.withShutdownGrace(Duration.ofSeconds(-1)))
        .hasMessage("shutdownGrace: PT-1S (expected: >= 0)");
  }

  @Test
  void eachWith_changesItsOwnLimit() {
    TransportConfig changed =
        config
            .withStallLimit(Duration.ofSeconds(1))
            .withIdleTime(Duration.ofSeconds(2))
            .withConnectionAge(Duration.ofSeconds(6))
            .withShutdownGrace(Duration.ofSeconds(3))
            .withMaxRequestMessageSize(4)
            .withMaxResets(5);
    assertThat(changed)
        .isEqualTo(
            new TransportConfig(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(6),
                Duration.ofSeconds(3),
                4,
                config.maxHeaderSize(),
                config.maxConcurrentStreams(),
                5));
  }
}
