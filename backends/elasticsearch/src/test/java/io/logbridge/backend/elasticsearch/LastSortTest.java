// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LastSortTest {

  @ParameterizedTest
  @ValueSource(strings = {"9.5.3", "8.19.21"})
  void guessOfARecordedPage_isWhatParsingFinds(String version) throws Exception {
    String page = version + "/mixed-date-and-nanos-numeric-type";

    assertThat(LastSort.guess(Golden.body(page))).containsExactly(1795168800000002500L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"hits\":{\"hits\":[{\"sort\":[1,2,3]},{\"sort\":[4,-5,6]}]}} | [4, -5, 6]",
        "{\"_source\":{\"log\":\"\\\"sort\\\":[7]\"},\"sort\":[1,2]} | [1, 2]",
        "{\"_source\":{\"sort\":[7]},\"sort\":[1,2]} | [1, 2]",
        "{\"sort\":[1,2],\"_source\":{\"log\":\"\\\"sort\\\":[7]\"}} | [1, 2]",
        "{\"hits\":{\"hits\":[]}} | []",
        "{\"sort\":[\"a\"]} | []",
        "{\"sort\":[1.5]} | []",
        "{\"sort\":[1],\"sort\":[\"a\"]} | []",
        "{\"sort\":[9999999999999999999]} | []",
        "'' | []",
      })
  void values_areThoseOfTheLastHit(String answer, String values) throws Exception {
    assertThat(LastSort.guess(stream(answer))).hasToString(values);
  }

  @Test
  void answer_isStillUnreadAfterwards() throws Exception {
    String answer = "x".repeat(100_000) + "\"sort\":[1,2]}]}}";
    InputStream in = stream(answer);

    assertThat(LastSort.guess(in)).containsExactly(1L, 2L);
    assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo(answer);
  }

  @Test
  void answerThatCanBeReadOnlyOnce_isLeftAlone() throws Exception {
    InputStream once = new SequenceInputStream(stream("\"sort\":"), stream("[1,2]"));

    assertThat(LastSort.guess(once)).isEmpty();
    assertThat(once.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("\"sort\":[1,2]");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
