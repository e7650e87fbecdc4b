// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What all contracts need: a fixture, and a proxy of each test's own before its store. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(FixtureSource.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class BackendContract {

  /** How long a test waits for what must happen, before it fails. */
  static final Duration CEILING = Duration.ofSeconds(30);

  /**
   * How long something may take that does not depend on the store: on a slow machine too, and far
   * less than after what requests and idle connections end without anybody's doing.
   */
  static final Duration PROMPTLY = Duration.ofSeconds(15);

  private final LogBackendFixture fixture;
  private final Deque<LogBackend> opened = new ArrayDeque<>();
  private FaultProxy proxy;

  BackendContract(StartedFixture started) {
    fixture = started.get();
  }

  @BeforeEach
  void startProxy() throws IOException {
    proxy = FaultProxy.start(fixture.store());
  }

  @AfterEach
  void closeAll() {
    proxy.heal();
    opened.forEach(LogBackend::close);
    proxy.close();
  }

  final LogBackendFixture fixture() {
    return fixture;
  }

  final FaultProxy proxy() {
    return proxy;
  }

  /** A backend behind the proxy; closed after the test. */
  final LogBackend backend(PageSettings pages) {
    LogBackend backend = fixture.open(proxy.uri(), pages);
    opened.add(backend);
    return backend;
  }

  /** Whether this can be asked of the backend with this fixture's store. */
  final boolean can(LogBackend backend, Capability capability) {
    return backend.capabilities().contains(capability) && !fixture.lacking().contains(capability);
  }

  /** A generator of lines in a container that no other test uses. */
  final Lines lines() {
    return Lines.in(Containers.fresh(), fixture.epoch(), fixture.resolution());
  }

  /** Stores lines; returns them. */
  final List<StoredLine> store(List<StoredLine> lines) throws Exception {
    fixture.ingest(lines);
    return lines;
  }

  /** Everything in the log of this container. */
  final LogQuery all(ContainerRef container) {
    return LogQuery.forward(container, allTime());
  }

  /** Everything in the log of this container, from its end. */
  final LogQuery allBackward(ContainerRef container, int wanted) {
    return LogQuery.backward(container, allTime(), wanted);
  }

  /** The window that holds all lines of all tests. */
  final TimeRange allTime() {
    Instant epoch = fixture.epoch();
    return new TimeRange(epoch, epoch.plus(Duration.ofDays(2)));
  }

  /** A deadline that no healthy store lets pass. */
  static Deadline inTime() {
    return Deadline.after(CEILING);
  }
}
