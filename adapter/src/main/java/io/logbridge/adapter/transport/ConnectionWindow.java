// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.WindowSize;
import io.logbridge.adapter.transport.WriteRefusedException.Reason;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The outbound flow-control window of one connection, shared fairly.
 *
 * <p>Helidon checks the window, writes and then subtracts, without a lock, so that streams which
 * write at the same moment overdraw it (D3); it then takes the negative window for a fault of the
 * peer and ends the connection. Here a writer first reserves what it is about to write. A
 * reservation never exceeds what Helidon knows the peer to accept, so Helidon's own check always
 * passes and its own waiting is never entered.
 *
 * <p>Writers that wait for the connection's window are served in the order they came, one frame at
 * a time. One that waits for the window of its own stream does not hold up the others.
 *
 * <p>Thread-safe. No write happens under the lock.
 */
final class ConnectionWindow {

  private final Duration stallLimit;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedSet<Condition> waiting = new LinkedHashSet<>();

  /** What the peer accepts, as far as Helidon has been told. */
  private long credit = WindowSize.DEFAULT_WIN_SIZE;

  /** What writers have reserved and not given back; what they have written of it is off credit. */
  private long reserved;

  ConnectionWindow(Duration stallLimit) {
    this.stallLimit = stallLimit;
  }

  /** The lock under which {@link StreamGate}s change state, so that no waiter misses it. */
  ReentrantLock lock() {
    return lock;
  }

  /** Helidon has applied a WINDOW_UPDATE of the connection. */
  void granted(long bytes) {
    lock.lock();
    try {
      credit += bytes;
      wakeFirst();
    } finally {
      lock.unlock();
    }
  }

  /** A DATA frame with a payload of this many bytes is about to be written. */
  void spent(int bytes) {
    lock.lock();
    try {
      credit -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until at least one byte may be written and reserves as much as one frame takes. Every
   * reservation is to be given back, after the write, whether it succeeded or not.
   *
   * @param gate the stream that writes
   * @param window that stream's window, as Helidon counts it
   * @param wanted the bytes left to write, > 0
   * @return how many bytes may be written, 1 to {@code wanted}
   * @throws WriteRefusedException when the stream has ended, nothing could be written for the stall
   *     limit, or the thread was interrupted
   */
  int reserve(StreamGate gate, FlowControl.Outbound window, int wanted) {
    Condition turn = gate.moved();
    long left = stallLimit.toNanos();
    lock.lock();
    try {
      while (true) {
        gate.checkWritable();
        int ofStream = writable(window, wanted);
        if (isGranted(turn, ofStream)) {
          return grant(ofStream);
        }
        queue(turn, credit <= reserved || ofStream > 0);
        if (left <= 0) {
          throw new WriteRefusedException(
              Reason.STALLED, "the reader has taken nothing for " + stallLimit);
        }
        left = turn.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new WriteRefusedException(
          Reason.INTERRUPTED, "interrupted while waiting for the reader");
    } finally {
      waiting.remove(turn);
      wakeFirst();
      lock.unlock();
    }
  }

  /**
   * As {@link #reserve}, but without waiting.
   *
   * @return how many bytes may be written; 0 if there is no room, or others wait for it
   */
  int tryReserve(StreamGate gate, FlowControl.Outbound window, int wanted) {
    lock.lock();
    try {
      gate.checkWritable();
      int ofStream = writable(window, wanted);
      return isGranted(gate.moved(), ofStream) ? grant(ofStream) : 0;
    } finally {
      lock.unlock();
    }
  }

  private static int writable(FlowControl.Outbound window, int wanted) {
    return Math.min(Math.min(window.getRemainingWindowSize(), window.maxFrameSize()), wanted);
  }

  private boolean isGranted(Condition turn, int ofStream) {
    return ofStream > 0 && credit > reserved && isFirst(turn);
  }

  private int grant(int ofStream) {
    int granted = (int) Math.min(ofStream, credit - reserved);
    reserved += granted;
    return granted;
  }

  /** Gives back a reservation. */
  void release(int bytes) {
    lock.lock();
    try {
      reserved -= bytes;
      wakeFirst();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFirst(Condition turn) {
    return waiting.isEmpty() || waiting.getFirst().equals(turn);
  }

  /**
   * In the queue is who could write if the connection had room; who waits for its own peer is not.
   */
  private void queue(Condition turn, boolean waitsForConnection) {
    if (!waitsForConnection) {
      waiting.remove(turn);
    } else {
      waiting.add(turn);
    }
    if (!isFirst(turn)) {
      wakeFirst();
    }
  }

  private void wakeFirst() {
    if (credit > reserved && !waiting.isEmpty()) {
      waiting.getFirst().signal();
    }
  }
}
