// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChunkWriterTest {

  private final CollectingSink sink = new CollectingSink();
  private final ChunkWriter writer = new ChunkWriter(sink);

  @Test
  void nothingWritten_sendsNothing() {
    writer.flush();

    assertThat(sink.chunks).isEmpty();
  }

  @Test
  void exactlyOneChunk_isSentWholeByFlush() {
    writer.write("x".repeat(ChunkWriter.CHUNK_BYTES));
    writer.flush();

    assertThat(sink.chunks).extracting(c -> c.length).containsExactly(ChunkWriter.CHUNK_BYTES);
  }

  @Test
  void fullChunk_isCutAfterTheLastLineEndThatIsNear() {
    String line = "y".repeat(99) + "\n";
    for (int i = 0; i < 400; i++) {
      writer.write(line);
    }
    writer.flush();

    assertThat(sink.chunks).extracting(c -> c.length).containsExactly(32_700, 7_300);
    assertThat(sink.text()).isEqualTo(line.repeat(400));
  }

  @Test
  void lineEndFarAway_doesNotMakeASmallChunk() {
    writer.write("short\n" + "z".repeat(40_000));
    writer.flush();

    assertThat(sink.chunks)
        .extracting(c -> c.length)
        .containsExactly(ChunkWriter.CHUNK_BYTES, 6 + 40_000 - ChunkWriter.CHUNK_BYTES);
  }

  @Test
  void longLineOfWideCharacters_isCutBetweenCharacters() {
    String line = "a" + "😀".repeat(10_000);
    writer.write(line);
    writer.flush();

    assertThat(sink.chunks).extracting(c -> c.length).containsExactly(32_765, 7_236);
    assertThat(sink.text()).isEqualTo(line);
  }

  @Property(tries = 200)
  void anyPieces_comeOutWholeInChunksOfWholeCharacters(
      @ForAll @Size(max = 40) List<@IntRange(max = 30_000) Integer> lengths,
      @ForAll @IntRange(max = 3) int alphabet)
      throws CharacterCodingException {
    CollectingSink out = new CollectingSink();
    ChunkWriter chunks = new ChunkWriter(out);
    String character = List.of("a", "é", "€", "😀").get(alphabet);
    StringBuilder expected = new StringBuilder();
    for (int length : lengths) {
      String piece = character.repeat(length / character.getBytes(UTF_8).length) + "\n";
      expected.append(piece);
      chunks.write(piece);
    }
    chunks.flush();

    assertThat(out.text()).isEqualTo(expected.toString());
    for (byte[] chunk : out.chunks) {
      assertThat(chunk.length).isBetween(1, ChunkWriter.CHUNK_BYTES);
      UTF_8.newDecoder().decode(ByteBuffer.wrap(chunk)); // throws on a broken character
    }
  }
}
