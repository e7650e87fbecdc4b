// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.paging.Window;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/** Container logs in Loki. */
final class LokiBackend implements LogBackend {

  static final String TYPE = "Loki";

  private final LokiSettings settings;
  private final InstantSource clock;
  private final LokiClient client;
  private final QueryLimits limits = new QueryLimits();
  private final LabelCheck labels;

  LokiBackend(LokiSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.client = new LokiClient(settings, limits);
    this.labels = new LabelCheck(client, limits, settings, clock);
  }

  @Override
  public String type() {
    return TYPE;
  }

  /**
   * Loki shuffles entries of one instant, and keeps one of several that are equal. A number in each
   * line makes good both. How far back it reaches it does not tell.
   */
  @Override
  public Set<Capability> capabilities() {
    return settings.line().hasSequence()
        ? EnumSet.of(Capability.STABLE_TIES, Capability.EXACT_DUPLICATES)
        : EnumSet.noneOf(Capability.class);
  }

  @Override
  public boolean asksAsCaller() {
    return settings.asksAsCaller();
  }

  @Override
  public LogReader open(LogQuery query) {
    return new LokiReader(client, labels, limits, settings, query, clock.instant());
  }

  @Override
  public void delete(ContainerRef container, TimeRange range, Deadline deadline)
      throws InterruptedException {
    client.delete(container, Storable.window(range, clock.instant()), deadline);
  }

  @Override
  public String explain(LogQuery query, Deadline deadline) {
    Window window = Storable.window(query.range(), clock.instant());
    int size = Math.min(settings.paging().initial() + 1, limits.maxEntries());
    return client.explain(
        query.container(),
        new RangeRequest(window, size, query.direction()).cutTo(limits.maxLength()));
  }

  @Override
  public void check(Deadline deadline) throws InterruptedException {
    labels.check(deadline);
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return TYPE + "[" + settings.connection().url() + "]";
  }
}
