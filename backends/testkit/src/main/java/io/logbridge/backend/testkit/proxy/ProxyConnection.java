// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One connection of a client. Its thread reads, also while an answer is under way, since that is
 * how a client that goes away is noticed; each request is answered in a thread of its own.
 */
final class ProxyConnection {

  private final Socket socket;
  private final StoreClient store;
  private final Supplier<FaultPlan> plan;
  private final Watch watch;
  private final Consumer<ProxiedRequest> observer;

  ProxyConnection(
      Socket socket,
      StoreClient store,
      Supplier<FaultPlan> plan,
      Watch watch,
      Consumer<ProxiedRequest> observer) {
    this.socket = socket;
    this.store = store;
    this.plan = plan;
    this.watch = watch;
    this.observer = observer;
  }

  /** Serves until either side closes. */
  void run() {
    watch.note(counts -> counts.connection(1));
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      socket.setTcpNoDelay(true);
      HttpWire.Request request = HttpWire.readRequest(in);
      while (request != null && answerWhileWatching(request, in)) {
        request = HttpWire.readRequest(in);
      }
    } catch (IOException | InterruptedException _) {
      // The client or the proxy is gone; nobody is left to tell.
    } finally {
      watch.note(counts -> counts.connection(-1));
    }
  }

  void closeQuietly() {
    try {
      socket.close();
    } catch (IOException _) {
      // Closed is closed.
    }
  }

  /** Whether the connection can be used on. */
  private boolean answerWhileWatching(HttpWire.Request request, InputStream in)
      throws InterruptedException {
    observer.accept(request.head());
    Exchange exchange = new Exchange(socket, store, watch, request);
    FaultPlan current = plan.get();
    Thread answering = Thread.ofVirtual().start(() -> exchange.answer(current));
    boolean more = awaitMore(in);
    if (!more && exchange.abort()) {
      answering.interrupt();
    }
    answering.join();
    return more;
  }

  private static boolean awaitMore(InputStream in) {
    try {
      in.mark(1);
      boolean more = in.read() >= 0;
      in.reset();
      return more;
    } catch (IOException _) {
      return false;
    }
  }
}
