// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work in a thread of its own, which can be interrupted. */
final class Background<T> {

  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final Thread thread;

  private Background(Callable<T> work) {
    thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                outcome.complete(work.call());
              } catch (Throwable e) {
                outcome.completeExceptionally(e);
              }
            });
  }

  static <T> Background<T> start(Callable<T> work) {
    Background<T> background = new Background<>(work);
    background.thread.start();
    return background;
  }

  void interrupt() {
    thread.interrupt();
  }

  /**
   * What the work returned.
   *
   * @throws AssertionError if it failed, or is not done in time
   */
  T within(Duration ceiling) throws InterruptedException {
    try {
      return outcome.get(ceiling.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not done within " + ceiling, e);
    } catch (ExecutionException e) {
      throw new AssertionError("failed (expected: a result)", e.getCause());
    }
  }

  /**
   * How the work failed.
   *
   * @throws AssertionError if it returned, or is not done in time
   */
  Throwable failure(Duration ceiling) throws InterruptedException {
    try {
      T result = outcome.get(ceiling.toMillis(), TimeUnit.MILLISECONDS);
      throw new AssertionError("returned " + result + " (expected: a failure)");
    } catch (TimeoutException e) {
      throw new AssertionError("not done within " + ceiling, e);
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }
}
