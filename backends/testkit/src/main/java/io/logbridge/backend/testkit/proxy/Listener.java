// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Consumer;

/**
 * A port of the loopback address that can refuse connections for a while without being lost to
 * somebody else. Used by one thread at a time.
 */
final class Listener {

  private final Consumer<Socket> connections;
  private final SocketAddress address;
  private ServerSocket server;
  private Thread accepting;
  private Socket placeholder = new Socket();

  /**
   * Listens on a free port.
   *
   * @param connections gets each one, in a thread that it must not hold up
   */
  Listener(Consumer<Socket> connections) throws IOException {
    this.connections = connections;
    server = bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    address = server.getLocalSocketAddress();
    accepting = accept(server);
  }

  int port() {
    return ((InetSocketAddress) address).getPort();
  }

  /** A socket that is bound and does not listen keeps the port and refuses whoever comes. */
  void refuse() throws IOException, InterruptedException {
    server.close();
    // Until it has noticed, the port is not free.
    accepting.join();
    placeholder = new Socket();
    placeholder.setReuseAddress(true);
    placeholder.bind(address);
  }

  /** Undoes {@link #refuse}, if it refuses. */
  void listen() throws IOException {
    if (server.isClosed()) {
      placeholder.close();
      server = bind(address);
      accepting = accept(server);
    }
  }

  void close() throws IOException {
    server.close();
    placeholder.close();
  }

  private static ServerSocket bind(SocketAddress address) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(address);
    return server;
  }

  private Thread accept(ServerSocket current) {
    return Thread.ofVirtual()
        .name("fault-proxy")
        .start(() -> {
          while (!current.isClosed()) {
            try {
              connections.accept(current.accept());
            } catch (IOException _) {
              // Closed, by this proxy or by a client that was quicker.
            }
          }
        });
  }
}
