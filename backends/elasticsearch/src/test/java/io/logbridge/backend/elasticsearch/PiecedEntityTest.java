// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import org.apache.http.ContentTooLongException;
import org.apache.http.nio.ContentDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecedEntityTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_000})
  void content_isWhatWasRead(int length) throws Exception {
    byte[] bytes = bytes(length);
    PiecedEntity body = body(bytes, length);

    assertThat(body.getContentLength()).isEqualTo(length);
    assertThat(body.getContent().available()).isEqualTo(length);
    assertThat(body.getContent().readAllBytes()).isEqualTo(bytes);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    body.writeTo(copy);
    assertThat(copy.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void content_isTheSameByteByByte() throws Exception {
    byte[] bytes = bytes(65_540);
    InputStream content = body(bytes, bytes.length).getContent();

    for (byte each : bytes) {
      assertThat(content.read()).isEqualTo(each & 0xFF);
    }
    assertThat(content.read()).isEqualTo(-1);
    assertThat(content.read(new byte[1], 0, 1)).isEqualTo(-1);
  }

  @Test
  void content_goesBackToItsMark() throws Exception {
    byte[] bytes = bytes(200_000);
    InputStream content = body(bytes, bytes.length).getContent();
    content.skipNBytes(70_000);
    content.mark(0);
    assertThat(content.skip(200_000)).isEqualTo(130_000);
    content.reset();

    assertThat(content.read()).isEqualTo(bytes[70_000] & 0xFF);
    assertThat(content.skip(-5)).isZero();
    assertThat(content.available()).isEqualTo(129_999);
  }

  @Test
  void bodyThatIsTooLong_isRefused() {
    assertThatThrownBy(() -> body(bytes(70_001), 70_000))
        .isInstanceOf(ContentTooLongException.class)
        .hasMessageContaining("expected: <= 70000");
    assertThatThrownBy(() -> new PiecedEntity(10).check(11))
        .isInstanceOf(ContentTooLongException.class);
  }

  private static PiecedEntity body(byte[] bytes, int limit) throws IOException {
    PiecedEntity body = new PiecedEntity(limit);
    body.read(new Decoder(bytes));
    return body;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** All there is, as much at once as there is room for. */
  private static final class Decoder implements ContentDecoder {

    private final ReadableByteChannel channel;

    Decoder(byte[] bytes) {
      this.channel = Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      return channel.read(to);
    }

    @Override
    public boolean isCompleted() {
      return false;
    }
  }
}
