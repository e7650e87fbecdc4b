// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.http.Pieces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTimesTest {

  @Test
  void timesOfAllStreams_areFound() throws IOException {
    assertThat(
            times(
                """
                {"status":"success","data":{"resultType":"streams","result":[\
                {"stream":{"pod":"a"},"values":[["1795161600000000002","b"],\
                ["1795161600000000004","c",{"structuredMetadata":{"x":"y"}}]]},\
                {"stream":{"pod":"b"},"values":[["1795161600000000001","d"]]}]}}\
                """))
        .isEqualTo(new AnswerTimes(3, 1795161600000000001L, 1795161600000000004L));
  }

  @Test
  void textThatLooksLikeAnEntry_isNone() throws IOException {
    assertThat(
            times(
                """
                {"values":[["1795161600000000002","[\\"1795161600000000009\\",\\"x\\"]"]]}\
                """))
        .isEqualTo(new AnswerTimes(1, 1795161600000000002L, 1795161600000000002L));
  }

  @Test
  void answerWithoutEntries_hasNone() throws IOException {
    assertThat(times("{\"data\":{\"result\":[]}}").entries()).isZero();
    assertThat(times("").entries()).isZero();
    assertThat(times("[\"1795161600000000002\"").entries()).isZero();
  }

  private static AnswerTimes times(String answer) throws IOException {
    return AnswerTimes.of(
        Pieces.of(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))));
  }
}
