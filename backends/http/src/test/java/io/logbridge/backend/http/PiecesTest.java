// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_000})
  void content_isWhatWasRead(int length) throws IOException {
    byte[] bytes = bytes(length);
    Pieces pieces = pieces(bytes);

    assertThat(pieces.length()).isEqualTo(length);
    assertThat(pieces.content().readAllBytes()).isEqualTo(bytes);
  }

  @Test
  void everyByte_isFoundFromEveryPosition() throws IOException {
    byte[] bytes = bytes(2000);
    Pieces pieces = pieces(bytes);

    for (int wanted = Byte.MIN_VALUE; wanted <= Byte.MAX_VALUE; wanted++) {
      int next = -1;
      for (int from = bytes.length - 1; from >= 0; from--) {
        next = bytes[from] == wanted ? from : next;
        assertThat(pieces.indexOf((byte) wanted, from)).isEqualTo(next);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_527, 65_535, 65_536, 65_543, 131_071, 131_072, 139_999})
  void byteInAnyPiece_isFound(int position) throws IOException {
    byte[] bytes = new byte[140_000];
    bytes[position] = '[';
    Pieces pieces = pieces(bytes);

    assertThat(pieces.indexOf((byte) '[', 0)).isEqualTo(position);
    assertThat(pieces.indexOf((byte) '[', position)).isEqualTo(position);
    assertThat(pieces.indexOf((byte) '[', position + 1)).isEqualTo(-1);
    assertThat(pieces.at(position)).isEqualTo((byte) '[');
  }

  @Test
  void behindTheEnd_nothingIsFound() throws IOException {
    Pieces pieces = pieces(new byte[10]);

    assertThat(pieces.indexOf((byte) 0, 10)).isEqualTo(-1);
    assertThat(pieces.indexOf((byte) 0, 9)).isEqualTo(9);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Pieces pieces(byte[] bytes) throws IOException {
    Pieces pieces = new Pieces();
    InputStream in = new ByteArrayInputStream(bytes);
    boolean more;
    do {
      more = pieces.readFrom(in);
    } while (more);
    return pieces;
  }
}
