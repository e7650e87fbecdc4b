// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTrailersTest {

  private static final Metadata.Key<String> OTHER =
      Metadata.Key.of("x-other", Metadata.ASCII_STRING_MARSHALLER);

  private static Metadata details(int size) {
    Metadata trailers = new Metadata();
    trailers.put(StatusTrailers.DETAILS, new byte[size]);
    return trailers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain text, (as it is)!|plain text, (as it is)!",
        "100%|100%25",
        "é|%C3%A9",
        "日本|%E6%97%A5%E6%9C%AC",
        "😀|%F0%9F%98%80"
      })
  void messages_areEscapedWhereTheyMust(String message, String encoded) {
    assertThat(StatusTrailers.percentEncode(message)).isEqualTo(encoded);
  }

  @Test
  void aMessageThatHelidonCannotCode_isEscapedFurther() {
    String message = "<<<{{{\\\\\\~~~>>>|||";
    String encoded = StatusTrailers.percentEncode(message);
    assertThat(Huffman.fits(message)).isFalse();
    assertThat(Huffman.fits(encoded)).isTrue();
    assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(message);
  }

  @Test
  void detailsThatFit_areKept_andThoseOfTheHandlerAreNotTouched() {
    Metadata trailers = details(2000);
    StatusTrailers end = StatusTrailers.of(Status.ABORTED.withDescription("why"), trailers);
    assertThat(end.trailers().get(StatusTrailers.DETAILS)).hasSize(2000);
    assertThat(end.status().getDescription()).isEqualTo("why");
    assertThat(trailers.keys()).containsExactly("grpc-status-details-bin");
  }

  @Test
  void detailsAndMessageTogether_areTooLarge_soTheDetailsGo() {
    Status status = Status.ABORTED.withDescription("w".repeat(2000));
    StatusTrailers end = StatusTrailers.of(status, details(2000));
    assertThat(end.trailers().keys()).isEmpty();
    assertThat(end.status().getDescription()).hasSize(2000);
  }

  @Test
  void aMessageThatIsTooLong_isCutBetweenCharacters() {
    for (String character : new String[] {"w", "é", "日", "😀"}) {
      for (int shift = 0; shift < 12; shift++) {
        String message = "x".repeat(shift) + character.repeat(4001);
        String sent =
            StatusTrailers.of(Status.ABORTED.withDescription(message), new Metadata())
                .status()
                .getDescription();
        assertThat(sent).hasSizeLessThanOrEqualTo(StatusTrailers.MAX_STATUS).endsWith("...");
        String decoded = URLDecoder.decode(sent, StandardCharsets.UTF_8);
        assertThat(message).startsWith(decoded.substring(0, decoded.length() - 3));
      }
    }
  }

  @Test
  void otherTrailers_areKeptUnlessTheyAreTooLargeOrCannotBeCoded() {
    for (String value : new String[] {"v".repeat(3000), "v".repeat(4000), "{}".repeat(100)}) {
      Metadata trailers = new Metadata();
      trailers.put(OTHER, value);
      Metadata sent = StatusTrailers.of(Status.OK, trailers).trailers();
      assertThat(sent.containsKey(OTHER)).isEqualTo(value.length() == 3000);
    }
  }

  @Test
  void aStatusWithoutMessage_staysWithout() {
    assertThat(StatusTrailers.of(Status.OK, new Metadata()).status().getDescription()).isNull();
  }
}
