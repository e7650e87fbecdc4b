// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import java.util.Set;

/** A server for records only: whoever asks for a log is told so. */
final class NoLogStore implements LogBackend {

  static final String TYPE = "None";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public LogReader open(LogQuery query) {
    return new LogReader() {
      @Override
      public LogPage read(Deadline deadline) {
        throw noStore();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void delete(ContainerRef container, TimeRange range, Deadline deadline) {
    throw noStore();
  }

  private static LogBackendException noStore() {
    return new LogBackendException(
        Reason.MISCONFIGURED,
        "this server has records, but no log store (logStorage.backendType: None, expected: where"
            + " logs are)");
  }

  @Override
  public String explain(LogQuery query, Deadline deadline) {
    throw noStore();
  }

  /** Nothing is missing: nobody has asked for logs. */
  @Override
  public void check(Deadline deadline) {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return TYPE;
  }
}
