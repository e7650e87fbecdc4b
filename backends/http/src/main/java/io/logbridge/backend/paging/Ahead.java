// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.paging;

import io.logbridge.backend.LogBackendException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What a reader has asked its store for before it is wanted: one answer at most. Used by the thread
 * that uses the reader; the request has a thread of its own.
 *
 * @param <K> what tells one request from another
 * @param <T> what is answered
 */
public final class Ahead<K, T> {

  private @Nullable K key;
  private @Nullable FutureTask<T> answer;

  /** Asks. What has been asked for before is given up. */
  public void ask(K wanted, Callable<T> request) {
    giveUp();
    FutureTask<T> task = new FutureTask<>(request);
    key = wanted;
    answer = task;
    Thread.ofVirtual().name("ahead").start(task);
  }

  /** What has been asked for, if anything. */
  public Optional<K> asked() {
    return Optional.ofNullable(key);
  }

  /**
   * The answer, waited for; empty if something else has been asked for, which is given up then.
   *
   * @throws LogBackendException if the request has failed
   */
  public Optional<T> take(K wanted) throws InterruptedException {
    FutureTask<T> task = answer;
    if (task == null || !wanted.equals(key)) {
      giveUp();
      return Optional.empty();
    }
    try {
      return Optional.of(task.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LogBackendException failure) {
        throw failure;
      }
      throw new IllegalStateException("asked ahead", e.getCause());
    } finally {
      giveUp();
    }
  }

  /** Lets go of the answer, and of the request if it is under way. Does not block. */
  public void giveUp() {
    if (answer != null) {
      answer.cancel(true);
    }
    answer = null;
    key = null;
  }
}
