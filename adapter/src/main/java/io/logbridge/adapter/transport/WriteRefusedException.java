// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

/** A stream may not be written to any more. */
final class WriteRefusedException extends RuntimeException {

  /** Why a write is refused. */
  enum Reason {
    /** The peer has reset the stream, or the connection is gone. */
    PEER_GONE,
    /** The response has ended, by its deadline for one. */
    RESPONSE_ENDED,
    /** The peer has taken nothing for the stall limit. */
    STALLED,
    /** The writing thread was interrupted while it waited; its interrupt flag is set. */
    INTERRUPTED
  }

  private final Reason reason;

  WriteRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
