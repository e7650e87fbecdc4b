// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** What an operator should know about a configuration that works. */
final class StartWarnings {

  private StartWarnings() {}

  /**
   * Who may read what they should not, if anybody.
   *
   * @param port on which the server listens
   */
  static Optional<String> of(AdapterConfig config, int port) {
    return switch (config.auth()) {
      case AuthConfig.None _ ->
          Optional.of(
              "auth.mode is none: everybody who reaches port " + port + " can read every log");
      case AuthConfig.Kubernetes _ ->
          isClearText(config.server())
              ? Optional.of(
                  "server.tls is not set and server.host is "
                      + config.server().host()
                      + ": whoever sees the traffic of port "
                      + port
                      + " sees the tokens of its callers")
              : Optional.empty();
    };
  }

  /** What Tekton Results would do, and this server does not, for it is set around it. */
  static Optional<String> unused(AdapterConfig config) {
    return config.unused().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "settings of Tekton Results without effect here: "
                + String.join(", ", config.unused()));
  }

  private static boolean isClearText(ServerConfig server) {
    return server.tls() == null && !isLoopback(server.host());
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false; // it listens there, so it is an address of some kind
    }
  }
}
