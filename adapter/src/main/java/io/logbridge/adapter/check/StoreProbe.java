// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.check;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
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
    try {
      backend.check(Deadline.after(timeout));
      return Finding.ok(backend + " answers and knows what the settings name");
    } catch (LogBackendException e) {
      String message = String.valueOf(e.getMessage());
      String expected = message.contains("(expected: ") ? "" : expected(e.reason());
      return Finding.failed(message + " [" + e.reason() + "]; asked " + backend + expected);
    }
  }

  /** What to look at where the failure does not say it. */
  private String expected(Reason reason) {
    return switch (reason) {
      case UNAVAILABLE, TIMED_OUT -> " (expected: a store that can be reached at this address)";
      case BAD_QUERY, MALFORMED ->
          " (expected: " + backend.type() + " itself at this address, with its scheme and path)";
      case ACCESS_DENIED, CALLER_DENIED ->
          " (expected: a credential below logStorage that may read there)";
      default -> "";
    };
  }
}
