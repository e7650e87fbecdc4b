// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.paging.Window;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Container logs in Elasticsearch. */
final class ElasticsearchBackend implements LogBackend {

  static final String TYPE = "Elasticsearch";

  private final ElasticsearchSettings settings;
  private final InstantSource clock;
  private final StoreClient client;
  private final FieldCapabilities capabilities;

  ElasticsearchBackend(ElasticsearchSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.client = new StoreClient(settings);
    this.capabilities = new FieldCapabilities(client, settings.fields());
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
    IndexTarget target = target(query.container(), query.range());
    return new PointInTimeReader(
        client, capabilities, settings, new PointInTimeReader.Selection(query, target));
  }

  @Override
  public void delete(ContainerRef container, TimeRange range, Deadline deadline)
      throws InterruptedException {
    if (range.isEmpty()) {
      return;
    }
    try {
      new Deletion(client).run(search(LogQuery.forward(container, range), deadline), deadline);
    } catch (ElasticsearchFailure e) {
      throw e.toLogBackendException();
    }
  }

  @Override
  public Optional<Instant> oldest(ContainerRef container, Deadline deadline)
      throws InterruptedException {
    return new OldestLine(client, capabilities)
        .in(settings.index().of(container.namespace()), deadline);
  }

  @Override
  public String explain(LogQuery query, Deadline deadline) throws InterruptedException {
    return new Explanation(settings).of(search(query, deadline));
  }

  private ContainerSearch search(LogQuery query, Deadline deadline) throws InterruptedException {
    IndexTarget target = target(query.container(), query.range());
    return new ContainerSearch(
        query.container(),
        Window.of(query.range()),
        query.direction(),
        target,
        settings.fields(),
        capabilities.plan(target, deadline));
  }

  private IndexTarget target(ContainerRef container, TimeRange range) {
    TimeRange since1970 = range.intersect(new TimeRange(Instant.EPOCH, null));
    return settings.index().expand(container.namespace(), since1970, clock.instant());
  }

  @Override
  public void check(Deadline deadline) throws InterruptedException {
    capabilities.freshPlan(settings.index().all(), deadline);
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return settings.urls().stream()
        .map(URI::toString)
        .collect(Collectors.joining(",", TYPE + "[", "]"));
  }
}
