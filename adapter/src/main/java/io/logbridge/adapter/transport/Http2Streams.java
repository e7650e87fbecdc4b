// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of one connection. A stream is open from its HEADERS until it was reset or both
 * sides have ended it, so this is as large as what the peer has open and no larger.
 *
 * <p>Frames of the peer are reported here before Helidon sees them, Helidon's frames before they
 * are written. Helidon forgets a stream at the same moments or later, which is what {@link
 * #receivedReset} relies on.
 *
 * <p>Thread-safe; methods named {@code received...} are for the connection's thread.
 */
final class Http2Streams {

  private final ConnectionWindow window;
  private final ResetBudget resets;
  private final Map<Integer, StreamGate> open = new ConcurrentHashMap<>();
  private final Queue<Integer> abandoned = new ConcurrentLinkedQueue<>();
  private int lastId;

  Http2Streams(TransportConfig config) {
    this.window = new ConnectionWindow(config.stallLimit());
    this.resets = new ResetBudget(config.maxResets());
  }

  ConnectionWindow window() {
    return window;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** The open stream with this id; one that was reset meanwhile is returned as cancelled. */
  StreamGate gate(int id) {
    StreamGate gate = open.get(id);
    if (gate == null) {
      gate = new StreamGate(id, window);
      gate.cancel();
    }
    return gate;
  }

  /** Whether what is sent of a stream, but its end, may wait for that. */
  boolean isAnsweredOnce(int id) {
    StreamGate gate = open.get(id);
    return gate != null && gate.isAnsweredOnce();
  }

  /** HEADERS have come; the first of a stream open it. */
  void receivedHeaders(int id, boolean endRequest) {
    if (id > lastId) {
      lastId = id;
      StreamGate gate = new StreamGate(id, window);
      open.put(id, gate);
      if (endRequest) {
        gate.requestConsumed();
      }
    }
    if (endRequest) {
      receivedEnd(id);
    }
  }

  /** The last frame of a request has come. */
  void receivedEnd(int id) {
    StreamGate gate = open.get(id);
    if (gate != null && gate.requestEnded()) {
      open.remove(id);
    }
  }

  /**
   * RST_STREAM has come (D1). Helidon takes one for a stream it has finished for a fault and ends
   * the connection, with every other stream on it; yet a client that cancels resets again for each
   * frame that was under way, and a reset may cross the end of the response. So Helidon is told
   * only of what it cannot do without: that it need not wait for, or keep, the rest of a request.
   * Then it has not finished the stream. All others are ended from here.
   *
   * @return whether Helidon must see the frame
   */
  boolean receivedReset(int id) {
    StreamGate gate = open.remove(id);
    if (gate == null) {
      return id > lastId || id <= 0; // never opened: a fault, which Helidon answers
    }
    gate.cancel();
    resets.spend(); // not for repetitions: they are as many as frames were under way
    return !gate.isRequestConsumed() || gate.isParked();
  }

  /** WINDOW_UPDATE was applied by Helidon; stream 0 is the connection. */
  void windowUpdated(int id, long increment) {
    if (id == 0) {
      window.granted(increment);
      return;
    }
    StreamGate gate = open.get(id);
    if (gate != null) {
      gate.windowMoved();
    }
  }

  /** SETTINGS were applied by Helidon, which may have changed the window of every stream. */
  void settingsApplied() {
    open.values().forEach(StreamGate::windowMoved);
  }

  /** The last frame of a response is about to be written. */
  void responseEnding(int id) {
    StreamGate gate = open.get(id);
    if (gate == null) {
      return;
    }
    switch (gate.responseEnded()) {
      case REQUEST_OPEN -> {} // Helidon keeps the stream until its request ends or is reset
      case PARKED -> {
        open.remove(id);
        abandoned.add(id);
      }
      case OVER -> open.remove(id);
    }
  }

  /**
   * A stream that is over but that Helidon can only be rid of by a reset; null if there is none.
   */
  @Nullable Integer nextAbandoned() {
    return abandoned.poll();
  }

  /** Helidon is about to reset a stream; false if it is over, so that the frame is pointless. */
  boolean resetting(int id) {
    StreamGate gate = open.remove(id);
    if (gate != null) {
      gate.cancel();
    }
    return gate != null;
  }

  /** The streams whose request is incomplete: Helidon's threads may be waiting for the rest. */
  List<Integer> awaitingRequest() {
    return open.values().stream()
        .filter(gate -> !gate.isRequestEnded())
        .map(StreamGate::id)
        .toList();
  }

  /** The connection is gone, and with it the peer of every stream (D7). */
  void disconnected() {
    for (Integer id : List.copyOf(open.keySet())) {
      StreamGate gate = open.remove(id);
      if (gate != null) {
        gate.disconnect();
      }
    }
  }
}
