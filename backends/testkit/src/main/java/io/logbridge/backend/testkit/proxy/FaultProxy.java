// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An HTTP/1.1 proxy on the loopback address, between a backend and its store.
 *
 * <p>It passes everything on until a fault is injected; a fault holds until another one takes its
 * place or {@link #heal} ends it. It counts requests, bytes and connections, and notices clients
 * that give up. Whole messages are held in memory. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {

  private final StoreClient store;
  private final Listener listener;
  private final Watch watch = new Watch();
  private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
  private final Consumer<ProxiedRequest> observer;
  private volatile FaultPlan plan = FaultPlan.NONE;

  private FaultProxy(URI store, Consumer<ProxiedRequest> observer) throws IOException {
    this.store = new StoreClient(store);
    this.observer = observer;
    this.listener = new Listener(this::serve);
  }

  /** Starts a proxy; the caller closes it. */
  public static FaultProxy start(URI store) throws IOException {
    return new FaultProxy(store, _ -> {});
  }

  /**
   * Starts a proxy that tells of each request before it is passed on; the caller closes it.
   *
   * @param observer called by many threads
   */
  public static FaultProxy start(URI store, Consumer<ProxiedRequest> observer) throws IOException {
    return new FaultProxy(store, observer);
  }

  /** Where it listens: {@code http://127.0.0.1:<port>}, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  /** Does this to every request from now on. */
  public void inject(Fault fault) {
    inject(_ -> true, fault);
  }

  /** Does this to every request of this kind from now on. */
  public void inject(Predicate<ProxiedRequest> which, Fault fault) {
    replace(new FaultPlan(which, 0, fault));
  }

  /** Does this to one request only: the {@code n}-th from now on, the next one being the first. */
  public void injectAt(int n, Fault fault) {
    replace(new FaultPlan(_ -> true, n, fault));
  }

  /** Closes all connections and refuses new ones. */
  public synchronized void refuseConnections() {
    try {
      listener.refuse();
      connections.forEach(ProxyConnection::closeQuietly);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot refuse connections", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends every fault; what stalls goes on. */
  public synchronized void heal() {
    replace(FaultPlan.NONE);
    try {
      listener.listen();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen again", e);
    }
  }

  /** How many requests have come in. */
  public int requests() {
    return watch.counts().requests();
  }

  /** How many requests a fault has been done to. */
  public int faults() {
    return watch.counts().faults();
  }

  /** How many bytes of bodies have been sent to clients. */
  public long bodyBytes() {
    return watch.counts().bodyBytes();
  }

  /** Waits until this many requests have had a fault; whether they had before the ceiling. */
  public boolean awaitFaults(int number, Duration ceiling) throws InterruptedException {
    return watch.await(counts -> counts.faults() >= number, ceiling);
  }

  /** Waits until a client has closed a connection that owed it an answer. */
  public boolean awaitAbort(Duration ceiling) throws InterruptedException {
    return watch.await(counts -> counts.aborts() > 0, ceiling);
  }

  /** Waits until no request is under way. */
  public boolean awaitIdle(Duration ceiling) throws InterruptedException {
    return watch.await(counts -> counts.inFlight() == 0, ceiling);
  }

  /** Waits until no client has a connection open. */
  public boolean awaitNoConnections(Duration ceiling) throws InterruptedException {
    return watch.await(counts -> counts.connections() == 0, ceiling);
  }

  /** Closes every connection. */
  @Override
  public synchronized void close() {
    replace(FaultPlan.NONE);
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the proxy", e);
    } finally {
      connections.forEach(ProxyConnection::closeQuietly);
      store.close();
    }
  }

  private void replace(FaultPlan next) {
    FaultPlan previous = plan;
    plan = next;
    previous.heal();
  }

  private void serve(Socket client) {
    ProxyConnection connection = new ProxyConnection(client, store, () -> plan, watch, observer);
    connections.add(connection);
    Thread.ofVirtual()
        .start(() -> {
          connection.run();
          connections.remove(connection);
        });
  }

  @Override
  public String toString() {
    return "fault proxy at " + uri();
  }
}
