// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.memory;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.PageSettings;
import io.logbridge.backend.testkit.PartialForm;
import io.logbridge.backend.testkit.StoreFault;
import io.logbridge.backend.testkit.StoredLine;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A store in memory. */
final class MemoryFixture implements LogBackendFixture {

  static final LogQuery NOTHING =
      LogQuery.forward(
          new ContainerRef("none", "none", null, "none"),
          new TimeRange(Instant.EPOCH, Instant.EPOCH));

  private static final String SECRET = "bearer-of-the-memory";

  private final MemoryStore.Kind kind;
  private final Duration resolution;
  private MemoryStore store;

  MemoryFixture(MemoryStore.Kind kind, Duration resolution) {
    this.kind = kind;
    this.resolution = resolution;
  }

  @Override
  public String name() {
    return kind.name();
  }

  @Override
  public void start() throws IOException {
    store = new MemoryStore(kind);
  }

  @Override
  public URI store() {
    return store.uri();
  }

  @Override
  public LogBackend open(URI address, PageSettings pages) {
    return new MemoryBackend(new MemoryClient(address, SECRET), kind, pages);
  }

  @Override
  public List<String> secrets() {
    return List.of(SECRET);
  }

  @Override
  public void ingest(List<StoredLine> lines) {
    store.add(lines);
  }

  @Override
  public Duration resolution() {
    return resolution;
  }

  @Override
  public Set<PartialForm> partialForms() {
    return EnumSet.allOf(PartialForm.class);
  }

  @Override
  public HttpAnswer refusal(int status, String detail) {
    return HttpAnswer.of(status, MemoryWire.TYPE, "refused: " + detail);
  }

  @Override
  public List<StoreFault> storeFaults() {
    return List.of(
        new StoreFault(
            "forgotten cursor",
            StoreFault.Moment.BETWEEN_PAGES,
            Reason.INCOMPLETE,
            (_, _) -> store.forgetCursors(),
            null));
  }

  @Override
  public int heldForReaders() {
    return store.cursors();
  }

  @Override
  public void close() {
    store.close();
  }
}
