// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogBackendException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what another thread does at the store (see {@link CallScope} for why another). */
final class StoreTask {

  private StoreTask() {}

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
