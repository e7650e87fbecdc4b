// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a server and its store, and does what networks do: refuses, falls silent, breaks.
 */
final class TcpProxy implements AutoCloseable {

  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final URI target;
  private final ServerSocket listener;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicLong answered = new AtomicLong();
  private long left = NO_LIMIT;
  private boolean breaks;
  private @Nullable Socket stalled;

  TcpProxy(URI target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** From now on, lets so many bytes of answers through, then nothing more. */
  synchronized void stallAfter(long bytes) {
    left = bytes;
    breaks = false;
    stalled = null;
  }

  /** From now on, lets so many bytes of answers through, then breaks every connection. */
  synchronized void breakAfter(long bytes) {
    left = bytes;
    breaks = true;
  }

  /** Lets everything through again. */
  synchronized void heal() {
    left = NO_LIMIT;
    breaks = false;
    stalled = null;
    notifyAll();
  }

  /** Whether an answer is being held back. */
  synchronized boolean isStalled() {
    return stalled != null;
  }

  /** Whether the server still waits for the first answer that was held back. */
  synchronized boolean isStalledAnswerAwaited() {
    return stalled != null && clients.contains(stalled);
  }

  /** Whether a request has begun with these words. */
  boolean hasSeen(String words) {
    return requests.stream().anyMatch(request -> request.startsWith(words));
  }

  void forgetRequests() {
    requests.clear();
  }

  /** How many bytes of answers were let through. */
  long answered() {
    return answered.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        Thread.ofVirtual().name("proxy-connection").start(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket store = new Socket(target.getHost(), target.getPort())) {
      if (mayPass(0, client)) {
        Thread answers = Thread.ofVirtual().start(() -> answer(store, client));
        ask(client.getInputStream(), store.getOutputStream());
        answers.interrupt();
      }
    } catch (IOException _) {
      // Whoever closed its side knows why.
    } finally {
      clients.remove(client);
    }
  }

  private void ask(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      requests.add(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      out.write(buffer, 0, n);
    }
  }

  private void answer(Socket store, Socket client) {
    byte[] buffer = new byte[8192];
    try (client;
        store) {
      InputStream in = store.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!mayPass(n, client)) {
          client.setSoLinger(true, 0); // a reset, not an end
          return;
        }
        out.write(buffer, 0, n);
        answered.addAndGet(n);
      }
    } catch (IOException _) {
      // Whoever closed its side knows why.
    }
  }

  /** Waits while answers are held back; false if the connection has to break. */
  private synchronized boolean mayPass(int bytes, Socket client) {
    try {
      while (left < bytes && !breaks) {
        stalled = stalled == null ? client : stalled;
        wait();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
    boolean pass = left > bytes || left == NO_LIMIT;
    if (left != NO_LIMIT) {
      left = Math.max(0, left - bytes);
    }
    return pass;
  }

  /** Refuses connections from now on, and ends those there are. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
