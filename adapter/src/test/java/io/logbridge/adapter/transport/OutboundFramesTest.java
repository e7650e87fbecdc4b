// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which frames reach the socket together. */
class OutboundFramesTest {

  private static final int ONCE = 1;
  private static final int STREAMED = 3;

  private final Http2Streams streams = new Http2Streams(TransportConfig.defaults());
  private final List<byte[]> writes = new ArrayList<>();
  private final OutboundFrames frames = new OutboundFrames(new Written(), streams, () -> {});

  @BeforeEach
  void openStreams() {
    streams.receivedHeaders(ONCE, true);
    streams.gate(ONCE).answersOnce();
    streams.receivedHeaders(STREAMED, true);
  }

  @Test
  void anAnswerOfOneMessage_isOneWrite() {
    write(Frames.HEADERS, 0, ONCE, 10);
    write(Frames.DATA, 0, ONCE, 3_000);
    assertThat(writes).isEmpty();
    write(Frames.HEADERS, Frames.FLAG_END_STREAM, ONCE, 5);
    assertThat(frameTypes()).containsExactly(List.of(Frames.HEADERS, Frames.DATA, Frames.HEADERS));
  }

  @Test
  void aStreamedAnswer_isWrittenAsItComes() {
    write(Frames.HEADERS, 0, STREAMED, 10);
    write(Frames.DATA, 0, STREAMED, 3_000);
    assertThat(frameTypes()).containsExactly(List.of(Frames.HEADERS), List.of(Frames.DATA));
  }

  /** A header block may refer to the one before it, of whichever stream. */
  @Test
  void whatIsKeptBack_precedesTheNextFrameOfAnotherStream() {
    write(Frames.HEADERS, 0, ONCE, 10);
    write(Frames.HEADERS, 0, STREAMED, 10);
    write(Frames.HEADERS, Frames.FLAG_END_STREAM, ONCE, 5);
    assertThat(frameTypes())
        .containsExactly(List.of(Frames.HEADERS, Frames.HEADERS), List.of(Frames.HEADERS));
  }

  @Test
  void whatIsKeptBack_isWrittenOnDemandAndOnce() {
    write(Frames.HEADERS, 0, ONCE, 10);
    frames.writeKept();
    frames.writeKept();
    assertThat(frameTypes()).containsExactly(List.of(Frames.HEADERS));
  }

  @Test
  void aLargeAnswer_isNotKeptBackWhole() {
    write(Frames.DATA, 0, ONCE, 16_384);
    write(Frames.DATA, 0, ONCE, 16_384);
    assertThat(frameTypes()).containsExactly(List.of(Frames.DATA, Frames.DATA));
  }

  private void write(int type, int flags, int streamId, int length) {
    byte[] frame = new byte[Frames.HEADER_LENGTH + length];
    frame[1] = (byte) (length >> 8);
    frame[2] = (byte) length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    frame[8] = (byte) streamId;
    frames.writeNow(BufferData.create(frame));
  }

  /** Of each write. */
  private List<List<Integer>> frameTypes() {
    return writes.stream().map(OutboundFramesTest::frameTypes).toList();
  }

  private static List<Integer> frameTypes(byte[] written) {
    List<Integer> types = new ArrayList<>();
    for (int at = 0; at < written.length; ) {
      types.add((int) written[at + 3]);
      at += Frames.HEADER_LENGTH + Frames.uint24(written, at);
    }
    return types;
  }

  private final class Written implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
      writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
      writeNow(BufferData.create(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
      writes.add(buffer.readBytes());
    }
  }
}
