// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.buffers.DataReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on a connection of HTTP/1.1. While a request is served nobody would read it, and
 * nobody would notice that the client has closed it; so for a request that takes long it is read
 * ahead, by a thread of its own. What is read is kept for the next request.
 *
 * <p>A client that closes its half of the connection counts as gone, as it does for Go's server.
 *
 * <p>The connection's thread reads; any may {@link #watch}.
 */
final class WatchedReads implements Supplier<byte @Nullable []> {

  private static final ThreadLocal<@Nullable WatchedReads> CURRENT = new ThreadLocal<>();

  private final DataReader source;
  private boolean reading;
  private @Nullable FutureTask<byte @Nullable []> ahead;

  WatchedReads(DataReader source) {
    this.source = source;
  }

  /** Those of the connection that the current thread serves; {@code null} if it serves none. */
  static @Nullable WatchedReads current() {
    return CURRENT.get();
  }

  /** What has come, or null at the end. */
  @Override
  public byte @Nullable [] get() {
    CURRENT.set(this); // the thread is the connection's own, and ends with it
    FutureTask<byte @Nullable []> task = takeOver();
    if (task != null) {
      return await(task);
    }
    try {
      return read();
    } finally {
      readingEnds();
    }
  }

  private synchronized @Nullable FutureTask<byte @Nullable []> takeOver() {
    FutureTask<byte @Nullable []> task = ahead;
    ahead = null;
    reading = task == null;
    return task;
  }

  private synchronized void readingEnds() {
    reading = false;
  }

  private byte @Nullable [] read() {
    try {
      return source.readBuffer().readBytes();
    } catch (DataReader.InsufficientDataAvailableException _) {
      return null;
    }
  }

  private static byte @Nullable [] await(FutureTask<byte @Nullable []> task) {
    try {
      return task.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("the connection is being closed"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Reads ahead, unless somebody does.
   *
   * @param gone run when the client turns out to have left
   */
  synchronized void watch(Runnable gone) {
    if (reading || ahead != null) {
      return;
    }
    FutureTask<byte @Nullable []> task =
        new FutureTask<>(() -> {
          byte @Nullable [] read = null;
          try {
            read = read();
            return read;
          } finally {
            if (read == null) {
              gone.run();
            }
          }
        });
    ahead = task;
    Thread.ofVirtual().name("client-watch").start(task);
  }
}
