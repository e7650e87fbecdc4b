// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Status;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Helidon's handler of one gRPC stream, told of the peer's leaving by {@link StreamGate} rather
 * than by Helidon, and kept from what it cannot answer (D12).
 *
 * <p>A handler's thread is never interrupted while a handler runs on it: it may be writing, and an
 * interrupt would close the socket under every stream of the connection. Only when it waits for the
 * rest of a request, in Helidon, and the peer has left, is it interrupted; nothing else ends that
 * wait when Helidon has given up the connection.
 */
final class GrpcStream implements SubProtocolHandler {

  private static final Http2FrameHeader END_OF_REQUEST =
      Http2FrameHeader.create(
          0, Http2FrameTypes.DATA, Http2Flag.DataFlags.create(Http2Flag.END_OF_STREAM), 0);

  private final StreamGate gate;
  private final GatedStreamWriter writer;
  private final SubProtocolHandler delegate;
  private final RequestPrefixes prefixes;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread waiting;
  private boolean refused;
  private volatile @Nullable Http2StreamState stateWithoutCall;

  GrpcStream(
      StreamGate gate,
      GatedStreamWriter writer,
      SubProtocolHandler delegate,
      RequestPrefixes prefixes) {
    this.gate = gate;
    this.writer = writer;
    this.delegate = delegate;
    this.prefixes = prefixes;
    gate.onCancel(() -> delegate.rstStream(new Http2RstStream(Http2ErrorCode.CANCEL)));
    gate.onDisconnect(this::endWait);
  }

  @Override
  public void init() {
    if (gate.isCancelled()) {
      return;
    }
    try {
      delegate.init();
    } catch (CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      // Before any interceptor: metadata that is not valid, such as a -bin value that is not
      // base64.
      endWithoutCall(Status.INTERNAL.withDescription("the request metadata cannot be read"));
    }
    awaitRequest();
  }

  @Override
  public Http2StreamState streamState() {
    if (gate.isParked()) {
      return Http2StreamState.HALF_CLOSED_REMOTE; // whatever has happened: the reset is under way
    }
    if (gate.isCancelled() || gate.isOver()) {
      return Http2StreamState.CLOSED; // at once, though Helidon may still be writing the end
    }
    Http2StreamState withoutCall = stateWithoutCall;
    return withoutCall != null ? withoutCall : delegate.streamState();
  }

  /** Nothing: what concerns a reset was done when its frame came, before Helidon saw it. */
  @Override
  public void rstStream(Http2RstStream reset) {}

  @Override
  public void windowUpdate(Http2WindowUpdate update) {
    delegate.windowUpdate(update);
  }

  @Override
  public void data(Http2FrameHeader header, BufferData data) {
    arrived();
    if (gate.isCancelled() || gate.isOver()) {
      return;
    }
    boolean endsRequest = header.flags(Http2FrameTypes.DATA).endOfStream();
    if (endsRequest) {
      gate.requestConsumed();
    }
    if (stateWithoutCall == null) {
      pass(header, data, endsRequest);
    } else if (endsRequest) {
      stateWithoutCall = Http2StreamState.CLOSED;
    }
    awaitRequest();
  }

  private void pass(Http2FrameHeader header, BufferData data, boolean endsRequest) {
    byte[] bytes = new byte[data.available()];
    data.read(bytes);
    Status refusal = refused ? null : prefixes.read(bytes);
    if (refusal != null) {
      refused = true;
      gate.reject(refusal);
    }
    if (!refused) {
      delegate.data(header, BufferData.create(bytes));
    }
    // Helidon forgets the end of the request when it fails on the same frame.
    if (endsRequest && delegate.streamState() == Http2StreamState.HALF_CLOSED_LOCAL) {
      delegate.data(END_OF_REQUEST, BufferData.empty());
    }
    if (endsRequest && streamState() != Http2StreamState.CLOSED) {
      gate.park();
    }
  }

  private void endWithoutCall(Status status) {
    writer.end(status);
    stateWithoutCall = Http2StreamState.HALF_CLOSED_LOCAL; // the request is still to be consumed
  }

  private void endWait() {
    lock.lock();
    try {
      if (waiting != null) {
        waiting.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitRequest() {
    lock.lock();
    try {
      waiting = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void arrived() {
    gate.unpark();
    lock.lock();
    try {
      waiting = null;
    } finally {
      lock.unlock();
    }
  }
}
