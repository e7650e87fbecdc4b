// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogBackendException;
import io.opentelemetry.context.Context;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Waits for what another thread does at the store (see {@link CallScope} for why another). */
final class StoreTask {

  private StoreTask() {}

  /**
   * Does something at the store, on a thread of its own, as a part of this thread's trace; see
   * {@link #await}.
   *
   * @param name of the thread
   */
  static <T> T run(String name, Callable<T> work, CallScope scope) {
    FutureTask<T> task = new FutureTask<>(Context.current().wrap(work));
    Thread.ofVirtual().name(name).start(task);
    return await(task, scope);
  }

  /**
   * The outcome of a task, which is interrupted if the call is cancelled.
   *
   * @throws LogBackendException if the store fails
   * @throws CancelledException if the call is cancelled before or meanwhile
   */
  static <T> T await(Future<T> task, CallScope scope) {
    try (var _ = scope.onCancel(() -> task.cancel(true))) {
      return task.get();
    } catch (CancellationException e) {
      throw new CancelledException("the client has cancelled the call", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("the server is stopping", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LogBackendException failure) {
        throw failure;
      }
      throw new IllegalStateException("the backend broke its contract", e.getCause());
    }
  }
}
