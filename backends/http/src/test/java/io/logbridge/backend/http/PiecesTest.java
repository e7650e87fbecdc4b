// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 65536",
    "1, 2",
    "65535, 65537",
    "65536, 131072",
    "60000, 140000",
    "140000, 140000"
  })
  void characters_areTheBytesBetweenTwoPositions(int from, int to) throws IOException {
    byte[] bytes = bytes(140_000);

    assertThat(pieces(bytes).characters(from, to))
        .isEqualTo(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
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
