// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What it means that there is no answer, or not all of one. */
final class Unreachable {

  private Unreachable() {}

  static LogBackendException of(String asked, @Nullable Throwable thrown) {
    return switch (thrown) {
      case HttpConnectTimeoutException e ->
          unavailable(asked, "the connection is not made in time", e);
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          unavailable(asked, "the host is unknown", e);
      case ConnectException e -> unavailable(asked, "the connection is refused", e);
      case SSLException e ->
          unavailable(
              asked,
              "TLS fails: "
                  + e.getMessage()
                  + " (expected: https, and a certificate by an authority of caFile, or of the"
                  + " platform)",
              e);
      // Not the cause: its message quotes the answer.
      case ProtocolException _ ->
          new LogBackendException(Reason.MALFORMED, asked + ": the answer is not one of HTTP");
      case null, default -> unavailable(asked, "the connection broke", thrown);
    };
  }

  private static LogBackendException unavailable(
      String asked, String what, @Nullable Throwable cause) {
    return new LogBackendException(Reason.UNAVAILABLE, asked + ": " + what, cause);
  }
}
