// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An HTTP/2 client that sends exactly the frames it is told to, in that order, and holds the server
 * to its windows to the byte. For what no well-behaved client does on demand.
 */
final class RawHttp2Client implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int END_STREAM = 1;
  static final int ACK = 1;

  private static final int DEFAULT_WINDOW = 65_535;

  /** A frame from the server. */
  record Frame(int type, int flags, int streamId, byte[] payload, Http2Headers headers) {
    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    int grpcStatus() {
      return headers.getInt("grpc-status", -1);
    }

    int errorCode() {
      int at = type == GOAWAY ? 4 : 0;
      return (payload[at] & 0xFF) << 24
          | (payload[at + 1] & 0xFF) << 16
          | (payload[at + 2] & 0xFF) << 8
          | (payload[at + 3] & 0xFF);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final Map<Integer, Integer> streamWindows = new HashMap<>();
  private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);
  private final int streamWindow;
  private int connectionWindow = DEFAULT_WINDOW;
  private int serverWindow = DEFAULT_WINDOW;

  private RawHttp2Client(int port, int streamWindow) throws IOException {
    this.streamWindow = streamWindow;
    socket = new Socket("localhost", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(1000 * TestStream.CEILING_SECONDS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    send(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, (byte) (streamWindow >> 8), (byte) streamWindow});
  }

  /**
   * A client whose windows are 64 KiB - 1 for the connection and this, at most as much, per stream.
   */
  static RawHttp2Client connect(TestServer server, int streamWindow) throws IOException {
    return connect(server.port(), streamWindow);
  }

  /** The same for any server. */
  static RawHttp2Client connect(int port, int streamWindow) throws IOException {
    return new RawHttp2Client(port, streamWindow);
  }

  void send(int type, int flags, int streamId, byte... payload) throws IOException {
    byte[] frame = new byte[9 + payload.length];
    frame[0] = (byte) (payload.length >> 16);
    frame[1] = (byte) (payload.length >> 8);
    frame[2] = (byte) payload.length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    for (int i = 0; i < 4; i++) {
      frame[5 + i] = (byte) (streamId >> (24 - 8 * i));
    }
    System.arraycopy(payload, 0, frame, 9, payload.length);
    if (type == DATA) {
      serverWindow -= payload.length;
    }
    out.write(frame);
  }

  /** How much the server may still send on the connection. */
  int connectionWindow() {
    return connectionWindow;
  }

  /** How much the server accepts on the connection, as far as has been read. */
  int windowOfServer() {
    return serverWindow;
  }

  void get(int streamId, String path) throws IOException {
    send(HEADERS, 4 | END_STREAM, streamId, headers("GET", path, ""));
  }

  void post(int streamId, String path, String contentType) throws IOException {
    send(HEADERS, 4, streamId, headers("POST", path, contentType));
  }

  /** HEADERS of a call of {@link TestServer#STREAM}, without a request message. */
  void beginCall(int streamId) throws IOException {
    post(streamId, "/test.Bytes/Stream", "application/grpc");
  }

  /** The request message, one byte, which ends the request. */
  void endCall(int streamId, int seed) throws IOException {
    send(DATA, END_STREAM, streamId, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) seed);
  }

  void callWithTimeout(int streamId, String timeout) throws IOException {
    callWithHeader(streamId, "grpc-timeout", timeout);
  }

  void callWithHeader(int streamId, String name, String value) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, name, value);
    callWithHeaderBlock(streamId, block.toByteArray());
  }

  /** A call with this HPACK block after the usual headers. */
  void callWithHeaderBlock(int streamId, byte[] more) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(headers("POST", "/test.Bytes/Stream", "application/grpc"));
    block.writeBytes(more);
    send(HEADERS, 4, streamId, block.toByteArray());
    endCall(streamId, 0);
  }

  void call(int streamId) throws IOException {
    beginCall(streamId);
    endCall(streamId, 0);
  }

  void reset(int streamId) throws IOException {
    send(RST_STREAM, 0, streamId, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
  }

  void grant(int streamId, int bytes) throws IOException {
    if (streamId == 0) {
      connectionWindow += bytes;
    } else {
      streamWindows.merge(streamId, streamWindow + bytes, (old, _) -> old + bytes);
    }
    send(
        WINDOW_UPDATE,
        0,
        streamId,
        (byte) (bytes >> 24),
        (byte) (bytes >> 16),
        (byte) (bytes >> 8),
        (byte) bytes);
  }

  /** The next frame; null when the server has closed the connection. SETTINGS are answered. */
  Frame read() throws IOException {
    while (true) {
      Frame frame;
      try {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int id = in.readInt();
        frame = frame(type, flags, id, in.readNBytes(length));
      } catch (EOFException | SocketException _) {
        return null;
      }
      if (frame.type == SETTINGS) {
        if ((frame.flags & ACK) == 0) {
          acknowledge();
        }
        continue;
      }
      if (frame.type == DATA) {
        charge(frame);
      }
      if (frame.type == WINDOW_UPDATE && frame.streamId == 0) {
        serverWindow += Frames.uint31(frame.payload, 0);
      }
      return frame;
    }
  }

  /** A server that has closed the connection wants no answer; what it sent before can be read. */
  private void acknowledge() throws IOException {
    try {
      send(SETTINGS, ACK, 0);
    } catch (SocketException _) {
      // read() tells of the end, behind all that has come
    }
  }

  /** Every block must be decoded, in order: each may change what the next one means. */
  private Frame frame(int type, int flags, int id, byte[] payload) throws IOException {
    try {
      Http2Headers headers =
          type == HEADERS ? hpack.decodeHeaders(id, Unpooled.wrappedBuffer(payload)) : null;
      return new Frame(type, flags, id, payload, headers);
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  private void charge(Frame frame) {
    connectionWindow -= frame.payload.length;
    int left =
        streamWindows.merge(
            frame.streamId,
            streamWindow - frame.payload.length,
            (old, _) -> old - frame.payload.length);
    if (connectionWindow < 0 || left < 0) {
      throw new AssertionError(
          "overdrawn: connection " + connectionWindow + ", stream " + frame.streamId + " " + left);
    }
  }

  /** Reads until a frame is as wanted; fails when the connection ends before. */
  Frame readUntil(Predicate<Frame> wanted) throws IOException {
    while (true) {
      Frame frame = read();
      if (frame == null) {
        throw new AssertionError("the server has closed the connection");
      }
      if (wanted.test(frame)) {
        return frame;
      }
    }
  }

  /** {@link #readUntil}, giving the connection back what it has sent on any stream. */
  Frame readGranting(Predicate<Frame> wanted) throws IOException {
    while (true) {
      Frame frame = readUntil(_ -> true);
      if (frame.type == DATA && frame.payload.length > 0) {
        grant(0, frame.payload.length);
      }
      if (wanted.test(frame)) {
        return frame;
      }
    }
  }

  /** A PING that comes back: the connection lives, and the server has seen all that was sent. */
  void ping() throws IOException {
    send(PING, 0, 0, new byte[8]);
    readUntil(frame -> frame.type == PING);
  }

  /** A {@link #ping} before whose answer this stream may not send anything. */
  void pingWithoutFramesOf(int streamId) throws IOException {
    send(PING, 0, 0, new byte[8]);
    readUntil(frame -> {
      if (frame.streamId == streamId) {
        throw new AssertionError("a frame after the end: " + frame);
      }
      return frame.type == PING;
    });
  }

  private static byte[] headers(String method, String path, String contentType) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(method.equals("GET") ? 0x82 : 0x83);
    block.write(0x86); // :scheme http
    block.write(4); // :path, by index, with a value of its own
    string(block, path);
    block.write(1); // :authority
    string(block, "localhost");
    if (!contentType.isEmpty()) {
      literal(block, "content-type", contentType);
      literal(block, "te", "trailers");
    }
    return block.toByteArray();
  }

  /** HPACK: a literal that enters no table, neither string compressed. */
  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    string(block, name);
    string(block, value);
  }

  private static void string(ByteArrayOutputStream block, String text) {
    block.write(text.length());
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
