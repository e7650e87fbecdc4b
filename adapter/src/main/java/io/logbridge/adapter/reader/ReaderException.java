// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.reader;

/** A log that could not be read, or not all of it, and why. The message is for the user. */
public final class ReaderException extends Exception {

  private static final long serialVersionUID = 1L;

  ReaderException(String message) {
    super(message);
  }

  ReaderException(String message, Throwable cause) {
    super(message, cause);
  }
}
