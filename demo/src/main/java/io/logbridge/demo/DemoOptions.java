// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

/**
 * How to run a demo.
 *
 * @param backend the store of the logs
 * @param port of gRPC and REST; 0 for any that is free
 * @param lines of the longest log
 */
record DemoOptions(Backend backend, int port, int lines) {

  static final int DEFAULT_LINES = 200_000;

  private static final int MAX_PORT = 65_535;

  DemoOptions {
    check("--port", port, 0, MAX_PORT, "");
    check("--lines", lines, 1, backend.maxLines(), " with --backend " + backend);
  }

  private static void check(String option, int value, int min, int max, String condition) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s: %d (expected: a whole number from %d to %d%s)"
              .formatted(option, value, min, max, condition));
    }
  }
}
