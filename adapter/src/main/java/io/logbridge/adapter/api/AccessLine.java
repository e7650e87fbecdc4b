// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of a call. A client cannot write lines of its own with it: control characters
 * of names and messages are replaced.
 *
 * @param method face and method, or HTTP method
 * @param name what was asked for
 * @param code how it ended
 * @param bytes that were sent
 * @param millis that it took
 * @param failure what went wrong; {@code null} if nothing did
 */
public record AccessLine(
    String method, String name, Code code, long bytes, long millis, @Nullable String failure) {

  public AccessLine {
    name = printable(name);
    failure = failure == null ? null : printable(failure);
  }

  private static String printable(String text) {
    return text.chars().anyMatch(Character::isISOControl)
        ? text.replaceAll("\\p{Cntrl}", "?")
        : text;
  }

  /** As it stands in a log that is text. */
  @Override
  public String toString() {
    return method
        + " "
        + name
        + " "
        + code
        + " "
        + bytes
        + " bytes "
        + millis
        + " ms"
        + (failure == null ? "" : " (" + failure + ")");
  }
}
