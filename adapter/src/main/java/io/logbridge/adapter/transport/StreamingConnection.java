// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Helidon HTTP/2 connection that is idle only without streams (D9), reports its end to the
 * streams it had (D7), and when told to stop lets them finish.
 *
 * <p>Helidon alone leaves its loop at the first frame that comes after it was told to stop, and
 * that closes the socket under every response that is still being written.
 */
final class StreamingConnection implements ServerConnection, InterruptableTask<Void> {

  /** Without streams for this long a connection may be cut: nothing is on its way to the peer. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  /** Longer than any idle time that can be configured. */
  private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

  private final long opened = System.nanoTime();
  private final Duration mostAge;

  private final Http2Streams streams;
  private final StreamingContext context;
  private final ServerConnection delegate;
  private final AtomicBoolean draining = new AtomicBoolean();

  /** Whether the peer has been told: before that, none of its streams is the last. */
  private volatile boolean goingAway;

  StreamingConnection(
      ServerConnectionSelector http2, ConnectionContext connection, TransportConfig config) {
    mostAge = config.connectionAge();
    streams = new Http2Streams(config);
    context = new StreamingContext(connection, streams, config.maxHeaderSize(), this::streamEnded);
    delegate = http2.connection(context);
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      delegate.handle(limit);
    } finally {
      streams.disconnected();
    }
  }

  /** A connection that is too old counts as idle, since idle ones are asked to {@link #close}. */
  @Override
  public Duration idleTime() {
    if (Duration.ofNanos(System.nanoTime() - opened).compareTo(mostAge) > 0) {
      return FOR_EVER;
    }
    return streams.isEmpty() ? delegate.idleTime() : Duration.ZERO;
  }

  /** Asked when the server stops, to end without waiting what has nothing to do. */
  @Override
  public boolean canInterrupt() {
    return streams.isEmpty()
        && delegate.idleTime().compareTo(QUIET) > 0
        && delegate instanceof InterruptableTask<?> task
        && task.canInterrupt();
  }

  /**
   * Without {@code interrupt}, tells the peer to open no more streams, lets those that are open
   * end, and closes when the peer has confirmed that it has everything: to close a socket at once
   * may destroy what the peer has not read yet. Asked again, closes a connection that has no
   * streams.
   *
   * <p>Called by Helidon's timer too, so that nothing here may wait for the peer.
   */
  @Override
  public void close(boolean interrupt) {
    if (interrupt) {
      delegate.close(true);
    } else if (draining.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::drain);
    } else if (streams.isEmpty()) {
      delegate.close(false);
    }
  }

  private void drain() {
    try {
      context.dataWriter().writeGoAway();
      goingAway = true;
      streamEnded();
    } catch (RuntimeException _) {
      // The connection is gone, and there is no one to tell.
    }
  }

  private void streamEnded() {
    if (goingAway && streams.isEmpty()) {
      context.dataWriter().writeDrainedPing();
    }
  }
}
