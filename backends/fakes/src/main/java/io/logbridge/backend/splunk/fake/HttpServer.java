// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;

/** An HTTP/1.1 server on the loopback address that notices when a client goes away. */
final class HttpServer implements AutoCloseable {

  private final Handler handler;
  private final ServerSocket server = new ServerSocket();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Answers a request, in a thread that is interrupted when the client goes away. */
  @FunctionalInterface
  interface Handler {
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
  }

  HttpServer(Handler handler) throws IOException {
    this.handler = handler;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // Closed, or a client that was quicker.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
      socket.setTcpNoDelay(true);
      HttpExchange exchange = read(socket, in);
      while (exchange != null && answer(exchange, in)) {
        exchange = read(socket, in);
      }
    } catch (IOException | InterruptedException _) {
      // The client is gone.
    } finally {
      sockets.remove(socket);
    }
  }

  private boolean answer(HttpExchange exchange, InputStream in)
      throws IOException, InterruptedException {
    Thread answering =
        Thread.ofVirtual()
            .start(() -> {
              try {
                handler.handle(exchange);
              } catch (IOException | JacksonIOException | InterruptedException _) {
                exchange.clientIsGone();
              }
            });
    boolean more = more(in);
    if (!more) {
      exchange.clientIsGone();
      answering.interrupt();
    }
    answering.join();
    return more;
  }

  private static boolean more(InputStream in) {
    try {
      in.mark(1);
      boolean more = in.read() >= 0;
      in.reset();
      return more;
    } catch (IOException _) {
      return false;
    }
  }

  private static @Nullable HttpExchange read(Socket socket, InputStream in) throws IOException {
    String start = line(in);
    if (start == null) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] parts = start.split(" ", -1);
    return new HttpExchange(socket, parts[0], parts[1], headers, body);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
