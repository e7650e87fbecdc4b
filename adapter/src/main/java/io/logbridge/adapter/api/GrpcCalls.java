// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.Context;
import io.logbridge.adapter.results.Call;
import io.logbridge.backend.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The gRPC call that the current thread serves. */
final class GrpcCalls {

  private GrpcCalls() {}

  /** Its metadata and deadline. Needs {@link CallMetadata#interceptor()}. */
  static Call current() {
    return new Call(GrpcHeaders.current(), deadline());
  }

  static Deadline deadline() {
    io.grpc.Deadline deadline = Context.current().getDeadline();
    return deadline == null
        ? Deadline.never()
        : Deadline.after(
            Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS))));
  }
}
