// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.http.Pieces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much of an answer comes at once. */
class AnswerTimesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 22, 23, 24, 100, 10_000})
  void timesOfAllStreams_areFound(int portion) throws IOException {
    AnswerTimes times =
        times(
            """
            {"status":"success","data":{"resultType":"streams","result":[\
            {"stream":{"pod":"a"},"values":[["1795161600000000002","b"],\
            ["1795161600000000004","c",{"structuredMetadata":{"x":"y"}}]]},\
            {"stream":{"pod":"b"},"values":[["1795161600000000001","d"]]}]}}\
            """,
            portion);

    assertThat(times.entries()).isEqualTo(3);
    assertThat(times.first()).isEqualTo(1795161600000000001L);
    assertThat(times.last()).isEqualTo(1795161600000000004L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10_000})
  void textThatLooksLikeAnEntry_isNone(int portion) throws IOException {
    AnswerTimes times =
        times(
            """
            {"values":[["1795161600000000002","[\\"1795161600000000009\\",\\"x\\"]"]]}\
            """,
            portion);

    assertThat(times.entries()).isEqualTo(1);
    assertThat(times.first()).isEqualTo(1795161600000000002L);
    assertThat(times.last()).isEqualTo(1795161600000000002L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\":{\"result\":[]}}", "", "[\"1795161600000000002\"", "[[[[[["})
  void answerWithoutEntries_hasNone(String answer) throws IOException {
    assertThat(times(answer, 10_000).entries()).isZero();
    assertThat(times(answer, 1).entries()).isZero();
  }

  private static AnswerTimes times(String answer, int portion) throws IOException {
    InputStream in =
        new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] to, int offset, int wanted) {
            return super.read(to, offset, Math.min(wanted, portion));
          }
        };
    Pieces pieces = new Pieces();
    AnswerTimes times = new AnswerTimes(pieces);
    while (pieces.readFrom(in)) {
      times.lookOn();
    }
    return times;
  }
}
