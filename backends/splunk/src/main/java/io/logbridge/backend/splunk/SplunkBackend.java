// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Container logs in Splunk. */
final class SplunkBackend implements LogBackend {

  static final String TYPE = "Splunk";

  private final Store store;

  SplunkBackend(SplunkSettings settings, InstantSource clock) {
    this.store = Store.of(settings, clock);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public LogReader open(LogQuery query) {
    return new WindowReader(store, query);
  }

  @Override
  public void delete(ContainerRef container, TimeRange range, Deadline deadline)
      throws InterruptedException {
    new Deletion(store, container, range).run(deadline);
  }

  @Override
  public Optional<Instant> oldest(ContainerRef container, Deadline deadline)
      throws InterruptedException {
    return store.indices().oldest(store.settings().indices().of(container), deadline);
  }

  @Override
  public String explain(LogQuery query, Deadline deadline) {
    SplunkSettings settings = store.settings();
    return new EventSearch(store.client(), settings, query.container())
        .search(
            TimeSpan.around(query.range(), store.clock().instant()),
            settings.paging().page().initial())
        .export(SplunkClient.V2)
        .describe();
  }

  @Override
  public void check(Deadline deadline) throws InterruptedException {
    store.indices().requireNow(store.settings().indices().ofAny(), deadline);
  }

  @Override
  public void close() {
    store.client().close();
  }

  @Override
  public String toString() {
    return TYPE + "[" + store.settings().connection().url() + "]";
  }
}
