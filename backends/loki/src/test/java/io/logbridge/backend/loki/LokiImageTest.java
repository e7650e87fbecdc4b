// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.ContainerEngine;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.backend.testkit.StoredLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the fake promises beyond the contract, asked of the real one. */
@Tag("docker")
class LokiImageTest {

  private static final ContainerRef CONTAINER =
      new ContainerRef("images", "run-pod", "0f8fad5b-d9cb-469f-a165-70867728950e", "step-build");
  private static final TimeRange WINDOW =
      new TimeRange(ContainerEngine.EPOCH, ContainerEngine.EPOCH.plus(Duration.ofHours(1)));

  @BeforeEach
  void needsAnEngine() {
    ContainerEngine.missing().ifPresent(Assumptions::abort);
  }

  @Test
  void labelThatNoStreamHas_isNamed() throws Exception {
    try (LokiPusher pusher = new LokiPusher(LokiImage.uri(), LokiLayout.PROMTAIL)) {
      pusher.push(
          List.of(StoredLine.of(CONTAINER, ContainerEngine.EPOCH, LogStream.STDOUT, "hello")));
    }
    Map<String, String> settings = LokiLayout.PROMTAIL.settings();
    settings.put("url", LokiImage.uri().toString());
    settings.put("labels.pod", "no_such_label");
    try (LogBackend backend = TestBackends.open(settings, Instant.now())) {
      LogBackendException failure =
          catchThrowableOfType(
              LogBackendException.class,
              () -> Reading.all(backend, LogQuery.forward(CONTAINER, WINDOW)));

      assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure).hasMessageContaining("no_such_label");
    }
  }
}
