// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Helidon's HTTP/1.1, with a reader that notices a client which leaves. */
final class Http1Selector implements ServerConnectionSelector {

  private final ServerConnectionSelector http1;

  Http1Selector(TransportConfig config) {
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxHeadersSize(config.maxHeaderSize())
                    // A filter and a page token are long.
                    .maxPrologueLength(config.maxHeaderSize())
                    .validatePrologue(false) // quotes in a query are common, and harmless
                    .build())
            .build();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return http1.connection(new WatchedContext(context));
  }

  private static final class WatchedContext extends WrappedContext {

    private final DataReader reader;
    private final DataWriter writer;

    WatchedContext(ConnectionContext delegate) {
      super(delegate);
      this.reader = DataReader.create(new WatchedReads(delegate.dataReader()));
      this.writer = delegate.dataWriter();
    }

    @Override
    public DataReader dataReader() {
      return reader;
    }

    @Override
    public DataWriter dataWriter() {
      return writer;
    }
  }
}
