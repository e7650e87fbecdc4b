// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.http2.Http2Exception;
import io.logbridge.adapter.transport.RawHttp2Client.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeaderBlocksTest {

  private static final int INDEXED = 0x40;

  private static byte[] frame(int type, int flags, byte[] payload) {
    byte[] frame = new byte[9 + payload.length];
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    System.arraycopy(payload, 0, frame, 9, payload.length);
    return frame;
  }

  private static byte[] literal(int prefix, String name, String value) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(prefix);
    string(block, name);
    string(block, value);
    return block.toByteArray();
  }

  private static void string(ByteArrayOutputStream block, String text) {
    int rest = text.length() - 127;
    if (rest < 0) {
      block.write(text.length());
    } else {
      block.write(127);
      for (; rest >= 128; rest >>= 7) {
        block.write(rest & 0x7F | 0x80);
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void look(byte[]... blocks) {
    HeaderBlocks looking = new HeaderBlocks(64 << 10);
    for (byte[] block : blocks) {
      looking.received(frame(Frames.HEADERS, Frames.FLAG_END_HEADERS, block));
    }
  }

  @Test
  void anEntryLargerThanTheTable_isRefused() {
    assertThatCode(() -> look(literal(INDEXED, "x", "v".repeat(4096 - 33))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> look(literal(INDEXED, "x", "v".repeat(4096 - 32))))
        .isInstanceOf(Http2Exception.class)
        .hasMessage("indexed header: 4097 bytes (expected: <= 4096)");
    assertThatCode(() -> look(literal(0, "x", "v".repeat(9000)))).doesNotThrowAnyException();
    assertThatCode(() -> look(literal(0x10, "x", "v".repeat(9000)))).doesNotThrowAnyException();
  }

  @Test
  void anEntryLargerThanAShrunkTable_isRefused() {
    byte[] shrink = {0x20};
    assertThatThrownBy(() -> look(shrink, literal(INDEXED, "x", "v")))
        .isInstanceOf(Http2Exception.class)
        .hasMessage("indexed header: 34 bytes (expected: <= 0)");
  }

  @Test
  void aLongNameThatCouldBeIndexedLater_isRefused() {
    assertThatThrownBy(() -> look(literal(INDEXED, "x".repeat(129), "v")))
        .isInstanceOf(Http2Exception.class);
  }

  @Test
  void aBlockInPieces_isLookedThroughAsAWhole() {
    byte[] block = literal(INDEXED, "x", "v".repeat(5000));
    HeaderBlocks looking = new HeaderBlocks(64 << 10);
    looking.received(frame(Frames.HEADERS, 0, Arrays.copyOf(block, 3000)));
    byte[] rest = Arrays.copyOfRange(block, 3000, block.length);
    assertThatThrownBy(
            () -> looking.received(frame(Frames.CONTINUATION, Frames.FLAG_END_HEADERS, rest)))
        .isInstanceOf(Http2Exception.class);
  }

  @Test
  void compressedStrings_areMeasuredAsTheyAreDecoded() throws Exception {
    Http2HeadersEncoder encoder =
        new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true, 16, 0);
    String text = "aeiostaeiostaeiostaeiostaeiost {\"a\": [1, 2, ~3]} <>#$@`^|! XYZ";
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(1, new DefaultHttp2Headers(false).add("x-header", text), block);
    byte[] bytes = new byte[block.readableBytes()];
    block.readBytes(bytes);
    int nameLength = bytes[1] & 0x7F;
    int valueAt = 2 + nameLength;
    assertThat(bytes[1] & bytes[valueAt] & 0x80).isEqualTo(0x80);
    assertThat(Huffman.decodedLength(bytes, 2, nameLength)).isEqualTo("x-header".length());
    assertThat(Huffman.decodedLength(bytes, valueAt + 1, bytes[valueAt] & 0x7F))
        .isEqualTo(text.length());
  }

  @Test
  void aTokenOfEightKilobytes_passes_andAnEndlessHeaderEndsItsConnectionOnly() throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        RawHttp2Client honest = RawHttp2Client.connect(server, 1 << 15);
        RawHttp2Client hostile = RawHttp2Client.connect(server, 1 << 15)) {
      hostile.callWithHeaderBlock(1, literal(INDEXED, "x", "v".repeat(5000)));
      Frame goAway = hostile.readUntil(frame -> frame.type() == RawHttp2Client.GOAWAY);
      assertThat(goAway.errorCode()).isEqualTo(11);
      honest.callWithHeaderBlock(1, literal(0, "authorization", "v".repeat(8000)));
      assertThat(honest.readUntil(Frame::endsStream).grpcStatus()).isZero();
    }
  }
}
