// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Entries in memory, in pages of a fixed size. */
public final class ListBackend implements LogBackend {

  /** What to do instead of a page read, or before it. */
  @FunctionalInterface
  public interface Hook {
    /** The first page has the number 1; what is no page has 0. */
    void beforePage(int number) throws InterruptedException;
  }

  public final AtomicInteger pagesRead = new AtomicInteger();
  public final AtomicInteger openReaders = new AtomicInteger();
  public final List<LogQuery> queries = new CopyOnWriteArrayList<>();
  public final List<LogQuery> insisting = new CopyOnWriteArrayList<>();
  public volatile Hook hook = _ -> {};

  /** In place of {@link #hook} for the pages of a container. */
  public final Map<ContainerRef, Hook> hookOf = new ConcurrentHashMap<>();

  public volatile boolean asksAsCaller;
  public volatile int undecodedPerPage;
  public volatile @Nullable Instant oldest;
  public volatile @Nullable LogBackendException oldestFailure;
  public volatile @Nullable LogBackendException checkFailure;
  private final Map<ContainerRef, List<LogEntry>> logs = new ConcurrentHashMap<>();
  private final int pageSize;

  public ListBackend(int pageSize) {
    this.pageSize = pageSize;
  }

  /** Adds the next entry of a container. */
  public void add(ContainerRef container, LogEntry entry) {
    logs.computeIfAbsent(container, _ -> Collections.synchronizedList(new ArrayList<>()))
        .add(entry);
  }

  @Override
  public String type() {
    return "List";
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.values());
  }

  @Override
  public boolean asksAsCaller() {
    return asksAsCaller;
  }

  @Override
  public LogReader open(LogQuery query) {
    queries.add(query);
    openReaders.incrementAndGet();
    List<LogEntry> matching =
        List.of(logs.getOrDefault(query.container(), List.of()).toArray(new LogEntry[0])).stream()
            .sorted(Comparator.comparing(LogEntry::timestamp))
            .filter(entry -> !entry.timestamp().isBefore(query.range().start()))
            .filter(entry ->
                query.range().end() == null || entry.timestamp().isBefore(query.range().end()))
            .toList();
    List<LogEntry> entries =
        query.direction() == LogQuery.Direction.FORWARD ? matching : matching.reversed();
    return new LogReader() {
      private int position;
      private int page;

      @Override
      public LogPage read(Deadline deadline) throws InterruptedException {
        hookOf.getOrDefault(query.container(), hook).beforePage(page + 1);
        page++;
        pagesRead.incrementAndGet();
        int end = Math.min(entries.size(), position + pageSize);
        LogPage result = new LogPage(entries.subList(position, end), end == entries.size());
        position = end;
        return result;
      }

      @Override
      public void insist() {
        insisting.add(query);
      }

      @Override
      public long undecoded() {
        return (long) undecodedPerPage * page;
      }

      @Override
      public void close() {
        openReaders.decrementAndGet();
      }
    };
  }

  @Override
  public void delete(ContainerRef container, TimeRange range, Deadline deadline)
      throws InterruptedException {
    hook.beforePage(0);
    logs.getOrDefault(container, new ArrayList<>())
        .removeIf(entry ->
            !entry.timestamp().isBefore(range.start())
                && (range.end() == null || entry.timestamp().isBefore(range.end())));
  }

  @Override
  public Optional<Instant> oldest(ContainerRef container, Deadline deadline)
      throws InterruptedException {
    hook.beforePage(0);
    if (oldestFailure != null) {
      throw oldestFailure;
    }
    return Optional.ofNullable(oldest);
  }

  @Override
  public String explain(LogQuery query, Deadline deadline) {
    return "entries of " + query.container() + " in " + query.range();
  }

  @Override
  public void check(Deadline deadline) {
    if (checkFailure != null) {
      throw checkFailure;
    }
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return "List";
  }
}
