// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

/** A request that is refused, as Loki does it: with a status and plain text. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  Refused(int status, String text) {
    super(text);
    this.status = status;
  }

  static Refused badRequest(String text) {
    return new Refused(400, text);
  }

  int status() {
    return status;
  }
}
