// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

/**
 * The {@code Succeeded} condition of a run.
 *
 * @param status {@code True}, {@code False} or, while it runs, {@code Unknown}
 */
public record Outcome(String status, String reason, String message) {

  static final Outcome SUCCEEDED =
      new Outcome("True", "Succeeded", "All Steps have completed executing");
  static final Outcome RUNNING =
      new Outcome("Unknown", "Running", "Not all Steps in the Task have finished executing");

  static Outcome failed(String reason, String message) {
    return new Outcome("False", reason, message);
  }

  public boolean isFailure() {
    return status.equals("False");
  }
}
