// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A call that is counted from its beginning to its end, however often it ends. Begun before other
 * threads know it; whichever of them then ends it first says how.
 */
final class CountedCall {

  private final MethodMeters meters;
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean begun;
  private long start;

  CountedCall(MethodMeters meters) {
    this.meters = meters;
  }

  /** The call has reached its method. */
  void begin() {
    begun = true;
    start = System.nanoTime();
    meters.started();
  }

  /** A message has come. */
  void received() {
    meters.received();
  }

  /** A message has gone. */
  void sent() {
    meters.sent();
  }

  /**
   * The call is over; nothing if it never began, as a request that cannot be read.
   *
   * @param code the number of its status
   */
  void ended(int code) {
    if (begun && ended.compareAndSet(false, true)) {
      meters.handled(code, System.nanoTime() - start);
    }
  }
}
