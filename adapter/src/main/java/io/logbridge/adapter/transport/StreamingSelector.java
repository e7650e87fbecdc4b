// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpPrologue;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.grpc.GrpcConfig;
import io.helidon.webserver.grpc.GrpcProtocolSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Helidon's HTTP/2 with gRPC, each connection and each stream wrapped. */
final class StreamingSelector implements ServerConnectionSelector {

  private final TransportConfig config;
  private final ServerConnectionSelector http2;

  StreamingSelector(TransportConfig config) {
    this.config = config;
    this.http2 =
        Http2ConnectionSelector.builder()
            .http2Config(http2Config(config))
            .addSubProtocolSelector(new StreamSelector(config))
            .build();
  }

  private static Http2Config http2Config(TransportConfig config) {
    return Http2Config.builder()
        .maxRapidResets(-1) // ResetBudget instead
        .maxHeaderListSize(config.maxHeaderSize())
        .maxConcurrentStreams(config.maxConcurrentStreams())
        .flowControlTimeout(config.stallLimit()) // for what is not gated: errors Helidon writes
        .build();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http2.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http2.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http2.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new StreamingConnection(http2, context, config);
  }

  /** Asked for every stream, on the stream's thread, before anything else runs on it. */
  private static final class StreamSelector implements Http2SubProtocolSelector {

    private final int maxMessageSize;
    private final Http2SubProtocolSelector grpc;

    StreamSelector(TransportConfig config) {
      this.maxMessageSize = config.maxRequestMessageSize();
      this.grpc =
          GrpcProtocolSelector.create(
              GrpcConfig.builder()
                  // With it on, Helidon compresses for every client that merely could read it,
                  // which costs more time than a log takes to send.
                  .enableCompression(false)
                  .maxReadBufferSize(maxMessageSize)
                  .build());
    }

    @Override
    @SuppressWarnings("checkstyle:ParameterNumber") // Helidon's interface
    public SubProtocolResult subProtocol(
        ConnectionContext context,
        HttpPrologue prologue,
        Http2Headers headers,
        Http2StreamWriter writer,
        int streamId,
        Http2Settings serverSettings,
        Http2Settings clientSettings,
        StreamFlowControl flowControl,
        Http2StreamState state,
        Router router) {
      StreamingContext connection = (StreamingContext) context;
      StreamGate gate = connection.streams().gate(streamId);
      gate.bindToThread(flowControl.outbound());
      GatedStreamWriter gated = new GatedStreamWriter(gate, writer, connection.dataWriter());
      SubProtocolResult result =
          grpc.subProtocol(
              context,
              prologue,
              headers,
              gated,
              streamId,
              serverSettings,
              clientSettings,
              flowControl,
              state,
              router);
      if (!result.supported()) {
        return result; // REST: RestStreamFilter takes it from here
      }
      return new SubProtocolResult(
          true,
          new GrpcStream(gate, gated, result.subProtocol(), new RequestPrefixes(maxMessageSize)));
    }
  }
}
