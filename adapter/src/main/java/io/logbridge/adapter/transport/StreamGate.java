// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Status;
import io.helidon.http.http2.FlowControl;
import io.logbridge.adapter.transport.WriteRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 stream as this layer sees it: what it may write, whether its peer is still there, and
 * who wants to know when it is not (D5, D7).
 *
 * <p>Thread-safe: the connection's thread cancels while the stream's own thread writes. A stream
 * has one writer at a time.
 */
final class StreamGate {

  /** The stream that the current thread serves: Helidon gives each stream a thread of its own. */
  private static final ThreadLocal<@Nullable StreamGate> CURRENT = new ThreadLocal<>();

  private final int id;
  private final ConnectionWindow connection;
  private final Condition moved;

  /** Held while a frame is written, so that nothing follows the frame that ends the stream. */
  private final ReentrantLock writing = new ReentrantLock();

  private final List<Runnable> onCancel = new ArrayList<>();
  private FlowControl.Outbound window = FlowControl.Outbound.NOOP;
  private @Nullable Runnable onDisconnect;
  private @Nullable Consumer<Status> onReject;
  private boolean cancelled;
  private boolean ended;
  private boolean requestEnded;
  private boolean requestConsumed;
  private boolean responseEnded;
  private boolean parked;
  private int held;
  private volatile boolean answersOnce;

  StreamGate(int id, ConnectionWindow connection) {
    this.id = id;
    this.connection = connection;
    this.moved = connection.lock().newCondition();
  }

  static @Nullable StreamGate current() {
    return CURRENT.get();
  }

  /** Makes this the {@link #current} stream of the calling thread, with Helidon's window of it. */
  void bindToThread(FlowControl.Outbound flowControl) {
    window = flowControl;
    CURRENT.set(this);
  }

  int id() {
    return id;
  }

  Condition moved() {
    return moved;
  }

  ReentrantLock writing() {
    return writing;
  }

  /** See {@link ConnectionWindow#reserve}. On the stream's thread. */
  int reserve(int wanted) {
    return connection.reserve(this, window, wanted);
  }

  /** See {@link ConnectionWindow#tryReserve}. On the stream's thread. */
  int tryReserve(int wanted) {
    return connection.tryReserve(this, window, wanted);
  }

  /** See {@link ConnectionWindow#release}. */
  void release(int bytes) {
    connection.release(bytes);
  }

  /**
   * Keeps a reservation for a write that someone else is about to do: {@link #releaseHeld} ends it.
   */
  void hold(int bytes) {
    held += bytes;
  }

  /** Gives back what {@link #hold} kept. On the stream's thread. */
  void releaseHeld() {
    connection.release(held);
    held = 0;
  }

  /** The response is one message: what is sent of it may wait for its end, which comes at once. */
  void answersOnce() {
    answersOnce = true;
  }

  boolean isAnsweredOnce() {
    return answersOnce;
  }

  /** The peer may take more of this stream. */
  void windowMoved() {
    update(moved::signalAll);
  }

  /** Refuses further writes and ends a waiting one; the stream's end is about to be written. */
  void endWrites() {
    update(() -> {
      ended = true;
      moved.signalAll();
    });
  }

  /** The peer has sent all of its request; true if the response has ended before. */
  boolean requestEnded() {
    return read(() -> {
      requestEnded = true;
      return responseEnded;
    });
  }

  /** The last frame of the response is on its way; whether the stream is over with it. */
  Ending responseEnded() {
    return read(() -> {
      responseEnded = true;
      if (!requestEnded) {
        return Ending.REQUEST_OPEN;
      }
      return parked ? Ending.PARKED : Ending.OVER;
    });
  }

  /** What is left of a stream whose response has ended. */
  enum Ending {
    /** The peer has not ended its request. */
    REQUEST_OPEN,
    /** Helidon's thread waits for a frame that will not come. */
    PARKED,
    /** Nothing. */
    OVER
  }

  /** Nothing of the request is left in Helidon's queues. */
  void requestConsumed() {
    update(() -> requestConsumed = true);
  }

  boolean isRequestConsumed() {
    return read(() -> requestConsumed);
  }

  /** Whether the response has ended and nothing is left of the request. */
  boolean isOver() {
    return read(() -> requestConsumed && responseEnded);
  }

  /**
   * Helidon's thread is about to wait although the request is complete, because the handler has
   * returned without ending the call. Only a reset brings it back, and until {@link #unpark} it
   * must not leave for another reason. Without effect on a stream that is over or cancelled:
   * Helidon will see that, and not wait.
   */
  void park() {
    update(() -> parked = !cancelled && !responseEnded);
  }

  void unpark() {
    update(() -> parked = false);
  }

  boolean isParked() {
    return read(() -> parked);
  }

  boolean isRequestEnded() {
    return read(() -> requestEnded);
  }

  boolean isCancelled() {
    return read(() -> cancelled);
  }

  /**
   * The peer has left: ends a waiting write and tells who asked to be told. Repeating it has no
   * effect.
   */
  void cancel() {
    List<Runnable> told =
        read(() -> {
          cancelled = true;
          moved.signalAll();
          List<Runnable> all = List.copyOf(onCancel);
          onCancel.clear();
          return all;
        });
    told.forEach(Runnable::run);
  }

  /**
   * Runs this when the peer leaves, on the connection's thread, or now if it has left already. It
   * must be quick: every stream of the connection waits for it.
   */
  void onCancel(Runnable action) {
    boolean late = read(() -> cancelled || !onCancel.add(action));
    if (late) {
      action.run();
    }
  }

  /** The connection is gone: {@link #cancel}, and ends a wait in Helidon. */
  void disconnect() {
    cancel();
    Runnable action = read(() -> onDisconnect);
    if (action != null) {
      action.run();
    }
  }

  /** Names how a wait in Helidon is ended when the connection is gone. */
  void onDisconnect(Runnable action) {
    update(() -> onDisconnect = action);
  }

  /** Names who ends the call when its request cannot be accepted. */
  void onReject(Consumer<Status> action) {
    update(() -> onReject = action);
  }

  /** Ends the call with this status. */
  void reject(Status status) {
    Consumer<Status> action = read(() -> onReject);
    if (action != null) {
      action.accept(status);
    }
  }

  /** Throws when nothing may be written any more. */
  void requireWritable() {
    update(this::checkWritable);
  }

  /** Under the lock of the window: throws when nothing may be written any more. */
  void checkWritable() {
    if (cancelled) {
      throw new WriteRefusedException(Reason.PEER_GONE, "the peer has reset stream " + id);
    }
    if (ended) {
      throw new WriteRefusedException(Reason.RESPONSE_ENDED, "the response has ended");
    }
  }

  private void update(Runnable action) {
    read(() -> {
      action.run();
      return true;
    });
  }

  private <T extends @Nullable Object> T read(Supplier<T> action) {
    ReentrantLock lock = connection.lock();
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
