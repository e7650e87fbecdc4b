// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.util.function.UnaryOperator;

/** What the proxy does with a request in place of simply passing it on. */
public sealed interface Fault {

  /** Sends this answer; the store never sees the request. */
  record Answer(HttpAnswer answer) implements Fault {}

  /** Passes the request on and sends what becomes of the store's answer. */
  record Rewrite(UnaryOperator<HttpAnswer> change) implements Fault {}

  /** Breaks or holds the connection. */
  enum Break implements Fault {
    /** A TCP reset in place of an answer. */
    RESET,
    /** The connection is closed in place of an answer. */
    HANG_UP,
    /** A TCP reset in the middle of the body. */
    RESET_IN_BODY,
    /** The connection is closed in the middle of a body that was announced to be longer. */
    HANG_UP_IN_BODY,
    /** No byte is sent until the proxy is healed or the client gives up. */
    STALL,
    /** Half of the body is sent, and the rest when the proxy is healed. */
    STALL_IN_BODY,
  }
}
