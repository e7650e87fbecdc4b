// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.check;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import java.time.Duration;

/** Whether the log store answers, and knows the indices, labels and fields of the settings. */
public final class StoreProbe implements Probe {

  private final LogBackend backend;
  private final Duration timeout;

  public StoreProbe(LogBackend backend, Duration timeout) {
    this.backend = backend;
    this.timeout = timeout;
  }

  @Override
  public Finding look() throws InterruptedException {
    backend.check(Deadline.after(timeout));
    return Finding.ok(backend + " answers and knows what the settings name");
  }
}
