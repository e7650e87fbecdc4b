// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;

/** Helidon's connection context with a reader and a writer that see each frame. */
final class StreamingContext extends WrappedContext {

  private final Http2Streams streams;
  private final DataReader reader;
  private final OutboundFrames writer;

  StreamingContext(
      ConnectionContext delegate, Http2Streams streams, int maxHeaderSize, Runnable streamEnded) {
    super(delegate);
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
}
