// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.memory;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.PageSettings;
import java.util.Set;

/** The backend of the store in memory. */
final class MemoryBackend implements LogBackend {

  private final MemoryClient client;
  private final MemoryStore.Kind kind;
  private final PageSettings pages;

  MemoryBackend(MemoryClient client, MemoryStore.Kind kind, PageSettings pages) {
    this.client = client;
    this.kind = kind;
    this.pages = pages;
  }

  @Override
  public String type() {
    return "Memory";
  }

  @Override
  public Set<Capability> capabilities() {
    return switch (kind) {
      case EXACT -> Set.of(Capability.STABLE_TIES, Capability.EXACT_DUPLICATES);
      case POOR -> Set.of();
    };
  }

  @Override
  public LogReader open(LogQuery query) {
    return new MemoryReader(client, query, pages);
  }

  @Override
  public void delete(ContainerRef container, TimeRange range, Deadline deadline)
      throws InterruptedException {
    client.post(MemoryWire.request(LogQuery.forward(container, range), "", 0, 1), deadline);
  }

  @Override
  public String explain(LogQuery query, Deadline deadline) {
    ContainerRef container = query.container();
    return "entries of %s/%s/%s"
        .formatted(container.namespace(), container.pod(), container.container());
  }

  @Override
  public void check(Deadline deadline) throws InterruptedException {
    try (LogReader reader = open(MemoryFixture.NOTHING)) {
      reader.read(deadline);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "Memory at " + client;
  }
}
