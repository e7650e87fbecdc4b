// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.Status;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2StreamWriter;

/**
 * Writes the response of one gRPC stream: data only as far as the window allows (D3), nothing after
 * the end, nothing to a peer that has left.
 *
 * <p>Thread-safe: a deadline may end the response while its handler writes.
 */
final class GatedStreamWriter implements Http2StreamWriter {

  private static final int END = Http2Flag.END_OF_HEADERS | Http2Flag.END_OF_STREAM;

  private final StreamGate gate;
  private final Http2StreamWriter target;
  private final OutboundFrames connection;

  /**
   * A writer for one stream.
   *
   * @param target Helidon's, for all streams of the connection
   * @param connection where the frames go that {@code target} makes
   */
  GatedStreamWriter(StreamGate gate, Http2StreamWriter target, OutboundFrames connection) {
    this.gate = gate;
    this.target = target;
    this.connection = connection;
  }

  @Override
  public void write(Http2FrameData frame) {
    target.write(frame);
  }

  @Override
  public void writeData(Http2FrameData frame, FlowControl.Outbound window) {
    int left = frame.header().length();
    while (left > 0) {
      int size = reserve(left);
      try {
        writePiece(frame.data(), size, window);
      } finally {
        gate.release(size);
      }
      left -= size;
    }
  }

  /** Before it waits for the peer, the peer gets what it may be waiting for. */
  private int reserve(int wanted) {
    int size = gate.tryReserve(wanted);
    if (size > 0) {
      return size;
    }
    connection.writeKept();
    return gate.reserve(wanted);
  }

  private void writePiece(BufferData source, int size, FlowControl.Outbound window) {
    byte[] bytes = new byte[size];
    source.read(bytes);
    Http2FrameHeader header =
        Http2FrameHeader.create(
            size, Http2FrameTypes.DATA, Http2Flag.DataFlags.create(0), gate.id());
    gate.writing().lock();
    try {
      gate.requireWritable();
      target.write(new Http2FrameData(header, BufferData.create(bytes)));
      window.decrementWindowSize(size);
    } finally {
      gate.writing().unlock();
    }
  }

  @Override
  public int writeHeaders(
      Http2Headers headers,
      int streamId,
      Http2Flag.HeaderFlags flags,
      FlowControl.Outbound window) {
    // Helidon sends 404 for a method it does not know, and 200 for all else; gRPC has only 200.
    Http2Headers sent =
        io.helidon.http.Status.NOT_FOUND_404.equals(headers.status())
            ? trailersOnly(Status.UNIMPLEMENTED.withDescription("unknown method"))
            : headers;
    if ((flags.value() & Http2Flag.END_OF_STREAM) != 0) {
      gate.endWrites();
    }
    gate.writing().lock();
    try {
      return gate.isCancelled() ? 0 : target.writeHeaders(sent, streamId, flags, window);
    } finally {
      gate.writing().unlock();
    }
  }

  @Override
  public int writeHeaders(
      Http2Headers headers,
      int streamId,
      Http2Flag.HeaderFlags flags,
      Http2FrameData data,
      FlowControl.Outbound window) {
    int written = writeHeaders(headers, streamId, flags, window);
    writeData(data, window);
    return written + Http2FrameHeader.LENGTH + data.header().length();
  }

  /** Ends a stream for which there is no call yet. */
  void end(Status status) {
    writeHeaders(
        trailersOnly(status),
        gate.id(),
        Http2Flag.HeaderFlags.create(END),
        FlowControl.Outbound.NOOP);
  }

  private static Http2Headers trailersOnly(Status status) {
    WritableHeaders<?> headers = WritableHeaders.create();
    headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/grpc"));
    headers.set(HeaderValues.create("grpc-status", status.getCode().value()));
    if (status.getDescription() != null) {
      headers.set(
          HeaderValues.create(
              "grpc-message", StatusTrailers.percentEncode(status.getDescription())));
    }
    return Http2Headers.create(headers).status(io.helidon.http.Status.OK_200);
  }
}
