// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.check;

/**
 * What a probe has found.
 *
 * @param text one line; names no credential
 */
public record Finding(Verdict verdict, String text) {

  /** Whether a server would work. */
  public enum Verdict {
    OK,
    /** A server would work, but may not give what its users expect. */
    WARNING,
    /** A server would not start, or a part of what it does would fail. */
    FAILED,
  }

  public static Finding ok(String text) {
    return new Finding(Verdict.OK, text);
  }

  public static Finding warning(String text) {
    return new Finding(Verdict.WARNING, text);
  }

  static Finding failed(String text) {
    return new Finding(Verdict.FAILED, text);
  }
}
