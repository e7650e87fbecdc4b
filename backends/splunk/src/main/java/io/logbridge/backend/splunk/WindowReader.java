// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.paging.PageCutter;
import io.logbridge.backend.paging.PageSizer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a container's log page by page. Splunk holds nothing for it between two pages, but for one
 * search that has been asked for ahead.
 */
final class WindowReader implements LogReader {

  private final Store store;
  private final SplunkSettings settings;
  private final LogQuery query;
  private final PageSizer sizer;

  private final Queue<LogPage> pending = new ArrayDeque<>();

  private @Nullable Walk walk;
  private long undecoded;
  private boolean found;
  private boolean ended;
  private boolean done;
  private boolean closed;

  WindowReader(Store store, LogQuery query) {
    this.store = store;
    this.settings = store.settings();
    this.query = query;
    this.sizer = new PageSizer(settings.paging().page(), query.wanted());
  }

  @Override
  public LogPage read(Deadline deadline) throws InterruptedException {
    if (done) {
      throw new IllegalStateException("read after the last page");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    LogPage page = query.range().isEmpty() ? new LogPage(List.of(), true) : next(deadline);
    done = page.last();
    return page;
  }

  private LogPage next(Deadline deadline) throws InterruptedException {
    if (pending.isEmpty()) {
      fetch(deadline);
    }
    if (ended && !found) {
      store.indices().require(settings.indices().of(query.container()), deadline);
    }
    return pending.remove();
  }

  @Override
  public void aimAt(long bytes) {
    sizer.aimAt(bytes);
  }

  @Override
  public long undecoded() {
    return undecoded;
  }

  private void fetch(Deadline deadline) throws InterruptedException {
    if (walk == null) {
      walk = walk();
    }
    Walk.Stretch stretch = walk.next(deadline);
    found |= stretch.found();
    ended = stretch.last();
    addPages(entries(stretch.events()), stretch.size());
  }

  /** A millisecond is read whole, but it need not be one page. */
  private void addPages(List<LogEntry> entries, int size) {
    int from = 0;
    do {
      int to = Math.min(entries.size(), from + size);
      boolean last = ended && to == entries.size();
      pending.addAll(
          PageCutter.cut(entries.subList(from, to), last, settings.paging().page().bytes()));
      from = to;
    } while (from < entries.size());
  }

  private Walk walk() {
    EventSearch search = new EventSearch(store.client(), settings, query.container());
    TimeSpan whole = TimeSpan.around(query.range(), store.clock().instant());
    Reach reach = new Reach(search, sizer, settings.paging());
    return switch (query.direction()) {
      case FORWARD -> new ForwardWalk(reach, whole);
      case BACKWARD -> new BackwardWalk(reach, whole);
    };
  }

  /** Those of the window that was asked for, which the one that was searched is a little around. */
  private List<LogEntry> entries(List<Event> events) {
    List<LogEntry> entries = new ArrayList<>(events.size());
    for (Event event : events) {
      if (isInRange(query.range(), event.entry().timestamp())) {
        entries.add(event.entry());
        undecoded += event.decoded() ? 0 : 1;
      }
    }
    return entries;
  }

  private static boolean isInRange(TimeRange range, Instant time) {
    Instant end = range.end();
    return !time.isBefore(range.start()) && (end == null || time.isBefore(end));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      done = true;
      pending.clear();
      if (walk != null) {
        walk.giveUp();
      }
    }
  }
}
