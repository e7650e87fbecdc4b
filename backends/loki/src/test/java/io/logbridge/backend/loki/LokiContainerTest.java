// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.StoredLine;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** What the fake promises, asked of the real one. */
@Tag("docker")
@TestInstance(Lifecycle.PER_CLASS)
class LokiContainerTest {

  private static final DockerImageName IMAGE = DockerImageName.parse("grafana/loki:3.4.6");
  private static final int PORT = 3100;
  private static final int LINES = 12_000;

  /** Loki refuses what is older than a week. */
  private final Instant start =
      Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);

  private GenericContainer<?> loki;

  @BeforeAll
  void start() {
    loki =
        new GenericContainer<>(IMAGE)
            .withExposedPorts(PORT)
            .waitingFor(
                Wait.forHttp("/ready").forPort(PORT).withStartupTimeout(Duration.ofMinutes(2)));
    loki.start();
  }

  @AfterAll
  void stop() {
    loki.stop();
  }

  private URI uri() {
    return URI.create("http://" + loki.getHost() + ":" + loki.getMappedPort(PORT));
  }

  @ParameterizedTest
  @EnumSource(names = {"PROMTAIL", "FLUENTD", "FLUENTD_KEY_VALUE", "FLUENT_BIT", "OTLP", "ALLOY"})
  void log_isReadWholeAndInOrder(LokiLayout layout) throws Exception {
    ContainerRef container = container(layout.name());
    List<StoredLine> lines = push(layout, container, Duration.ofNanos(100));
    try (LogBackend backend = open(layout)) {
      backend.check(Deadline.after(Duration.ofMinutes(1)));
      assertThat(texts(backend, LogQuery.forward(container, window()))).isEqualTo(texts(lines));
      assertThat(texts(backend, LogQuery.backward(container, window(), 10)))
          .isEqualTo(texts(lines.reversed()));
    }
  }

  /** Seven lines to a nanosecond, which Loki shuffles. */
  @Test
  void linesOfOneInstant_areNotLost() throws Exception {
    ContainerRef container = container("ties");
    List<StoredLine> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      lines.add(
          StoredLine.of(container, start.plusNanos(i / 7 * 1000L), LogStream.STDOUT, "line " + i));
    }
    try (LokiPusher pusher = new LokiPusher(uri(), LokiLayout.PROMTAIL)) {
      pusher.push(lines);
    }
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      List<LogEntry> read = TestBackends.read(backend, LogQuery.forward(container, window()));

      assertThat(read.stream().map(LogEntry::timestamp)).isSorted();
      assertThat(read.stream().map(LogEntry::text))
          .containsExactlyInAnyOrderElementsOf(texts(lines));
    }
  }

  @Test
  void labelThatNoStreamHas_isNamed() throws Exception {
    ContainerRef container = container("labels");
    push(LokiLayout.PROMTAIL, container, Duration.ofMillis(1));
    Map<String, String> settings = LokiLayout.PROMTAIL.settings();
    settings.put("url", uri().toString());
    settings.put("labels.pod", "no_such_label");
    try (LogBackend backend = TestBackends.open(settings, Instant.now())) {
      LogBackendException failure =
          catchThrowableOfType(
              LogBackendException.class,
              () -> TestBackends.read(backend, LogQuery.forward(container, window())));

      assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure).hasMessageContaining("no_such_label");
    }
  }

  private List<StoredLine> push(LokiLayout layout, ContainerRef container, Duration step)
      throws Exception {
    List<StoredLine> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      Instant time = start.plus(step.multipliedBy(i));
      lines.add(StoredLine.of(container, time, LogStream.STDOUT, "line " + i));
    }
    try (LokiPusher pusher = new LokiPusher(uri(), layout)) {
      pusher.push(lines);
    }
    return lines;
  }

  private LogBackend open(LokiLayout layout) {
    Map<String, String> settings = layout.settings();
    settings.put("url", uri().toString());
    return TestBackends.open(settings, Instant.now());
  }

  private TimeRange window() {
    return new TimeRange(start, start.plus(Duration.ofHours(1)));
  }

  private static ContainerRef container(String name) {
    return new ContainerRef(
        "ns-" + name.toLowerCase(Locale.ROOT).replace('_', '-'),
        "run-pod",
        UUID.randomUUID().toString(),
        "step-build");
  }

  private static List<String> texts(LogBackend backend, LogQuery query)
      throws InterruptedException {
    return TestBackends.read(backend, query).stream().map(LogEntry::text).toList();
  }

  private static List<String> texts(List<StoredLine> lines) {
    return lines.stream().map(StoredLine::text).toList();
  }
}
