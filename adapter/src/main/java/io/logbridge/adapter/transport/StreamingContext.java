// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Helidon's connection context with a reader and a writer that see each frame. */
final class StreamingContext implements ConnectionContext {

  private final ConnectionContext delegate;
  private final Http2Streams streams;
  private final DataReader reader;
  private final OutboundFrames writer;

  StreamingContext(
      ConnectionContext delegate, Http2Streams streams, int maxHeaderSize, Runnable streamEnded) {
    this.delegate = delegate;
    this.streams = streams;
    this.reader =
        DataReader.create(new InboundFrames(delegate.dataReader(), streams, maxHeaderSize));
    this.writer = new OutboundFrames(delegate.dataWriter(), streams, streamEnded);
  }

  Http2Streams streams() {
    return streams;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public OutboundFrames dataWriter() {
    return writer;
  }

  @Override
  public ExecutorService executor() {
    return delegate.executor();
  }

  @Override
  public ListenerContext listenerContext() {
    return delegate.listenerContext();
  }

  @Override
  public Router router() {
    return delegate.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return delegate.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return delegate.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return delegate.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return delegate.localPeer();
  }

  @Override
  public boolean isSecure() {
    return delegate.isSecure();
  }

  @Override
  public String socketId() {
    return delegate.socketId();
  }

  @Override
  public String childSocketId() {
    return delegate.childSocketId();
  }
}
