// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

/** The output of a process that a line was written to. */
public enum LogStream {
  STDOUT,
  STDERR,
  /** The shipper did not keep it. */
  UNKNOWN;

  /** The stream with this name in the container runtimes' log files: {@code stdout}. */
  public static LogStream of(String name) {
    return switch (name) {
      case "stdout" -> STDOUT;
      case "stderr" -> STDERR;
      default -> UNKNOWN;
    };
  }
}
