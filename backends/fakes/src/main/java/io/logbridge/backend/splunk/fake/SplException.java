// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

/** A search that Splunk does not take. */
final class SplException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SplException(String message) {
    super(message);
  }
}
