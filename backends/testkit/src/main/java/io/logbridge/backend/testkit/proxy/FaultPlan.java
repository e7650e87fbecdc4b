// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which requests get which fault, from the moment it is made. */
final class FaultPlan {

  /** The plan under which every request is passed on. */
  static final FaultPlan NONE = new FaultPlan(_ -> false, 0, null);

  private final Predicate<ProxiedRequest> which;
  private final int onlyNth;
  private final @Nullable Fault fault;
  private final CountDownLatch healed = new CountDownLatch(1);
  private int matched;

  /**
   * Makes a plan.
   *
   * @param which requests it is about
   * @param onlyNth of them has the fault, the first being 1; 0 for all
   */
  FaultPlan(Predicate<ProxiedRequest> which, int onlyNth, @Nullable Fault fault) {
    this.which = which;
    this.onlyNth = onlyNth;
    this.fault = fault;
  }

  /** The fault for this request, or {@code null} to pass it on. */
  synchronized @Nullable Fault faultFor(ProxiedRequest request) {
    if (!which.test(request)) {
      return null;
    }
    matched++;
    return onlyNth == 0 || onlyNth == matched ? fault : null;
  }

  /** Lets go what stalls. */
  void heal() {
    healed.countDown();
  }

  void awaitHealed() throws InterruptedException {
    healed.await();
  }
}
