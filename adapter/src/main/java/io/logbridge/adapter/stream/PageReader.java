// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.Secret;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one query. When all of them are wanted they are read one ahead: while a page is on
 * its way to the client the next one is on its way from the store.
 *
 * <p>Each page is read on a thread of its own, since that thread may be interrupted when the client
 * leaves, and the caller's may not (see {@link CallScope}). So a call holds two pages at most: the
 * one that {@link #next} returned last and the one that is being read.
 *
 * <p>Used by one thread at a time.
 */
final class PageReader implements AutoCloseable {

  private final LogReader reader;
  private final CallScope scope;
  private final ReentrantLock inUse = new ReentrantLock();
  private final boolean readsAhead;
  private @Nullable FutureTask<LogPage> ahead;
  private boolean last;

  /** Begins to read the first page. */
  PageReader(LogBackend backend, LogQuery query, CallScope scope) {
    Secret caller = scope.caller();
    this.reader = backend.open(backend.asksAsCaller() && caller != null ? query.as(caller) : query);
    if (scope.hasBegun()) {
      reader.insist();
    }
    this.scope = scope;
    this.readsAhead = query.wanted() == LogQuery.ALL;
    this.ahead = start();
  }

  /** Whether {@link #next} has a page left. */
  boolean hasNext() {
    return !last;
  }

  /** Whether {@link #next} would return at once. */
  boolean isReady() {
    return ahead != null && ahead.isDone();
  }

  /**
   * The next page. Blocks until it is there.
   *
   * @throws LogBackendException if it cannot be read
   * @throws CancelledException if the call is cancelled before or meanwhile
   */
  LogPage next() {
    if (last) {
      throw new IllegalStateException("read past the last page");
    }
    FutureTask<LogPage> task = ahead == null ? start() : ahead;
    ahead = task;
    LogPage page = StoreTask.await(task, scope);
    scope.begin();
    last = page.last();
    ahead = readsAhead && !last ? start() : null;
    return page;
  }

  private FutureTask<LogPage> start() {
    FutureTask<LogPage> task = new FutureTask<>(this::read);
    Thread.ofVirtual().name("page-reader").start(task);
    return task;
  }

  /** Gives up the page that is being read, and the reader. Does not wait for the store. */
  @Override
  public void close() {
    FutureTask<LogPage> task = ahead;
    ahead = null;
    if (task == null || (task.isDone() && !task.isCancelled())) {
      closeReader();
    } else {
      // Whoever reads has the reader to itself until it has noticed the interrupt.
      task.cancel(true);
      Thread.ofVirtual().name("page-reader-close").start(this::closeReader);
    }
  }

  private LogPage read() throws InterruptedException {
    inUse.lockInterruptibly();
    try {
      return reader.read(scope.deadline());
    } finally {
      inUse.unlock();
    }
  }

  private void closeReader() {
    inUse.lock();
    try {
      reader.close();
    } finally {
      inUse.unlock();
    }
  }
}
