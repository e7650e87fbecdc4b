// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

/**
 * Told of each call whose handler threw something that is not a status. The client gets INTERNAL
 * without its text, so this is the only place where it is seen.
 */
@FunctionalInterface
public interface CallFailureListener {

  /**
   * Called once per call, on the thread that failed; must not throw.
   *
   * @param method the full method name, {@code package.Service/Method}
   * @param failure what the handler threw
   */
  void callFailed(String method, Throwable failure);

  /** Writes each failure to the log of this class, at ERROR. */
  static CallFailureListener logging() {
    System.Logger log = System.getLogger(CallFailureListener.class.getName());
    return (method, failure) ->
        log.log(System.Logger.Level.ERROR, "A call of " + method + " failed", failure);
  }
}
