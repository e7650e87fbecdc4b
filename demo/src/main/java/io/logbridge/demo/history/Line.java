// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.time.Instant;

/**
 * A line that a container wrote.
 *
 * @param time when the container runtime received it, in nanoseconds
 * @param text without the newline at its end
 */
public record Line(Instant time, Output output, String text) {

  /** Where a container can write to. */
  public enum Output {
    STDOUT,
    STDERR,
  }

  /** A line on standard output, or on standard error if it reads like a complaint. */
  static Line of(Instant time, String text) {
    boolean complaint = text.startsWith("[ERROR]") || text.startsWith("warning:");
    return new Line(time, complaint ? Output.STDERR : Output.STDOUT, text);
  }
}
