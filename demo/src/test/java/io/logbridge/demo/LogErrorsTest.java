// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.logbridge.demo.history.TaskRun;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be served is refused, and says why. */
@Timeout(60)
@ExtendWith(SharedDemo.class)
final class LogErrorsTest {

  private static final String UNKNOWN = "00000000-0000-0000-0000-000000000000";

  private final DemoEnvironment demo;
  private final TaskRun storm;

  LogErrorsTest(DemoEnvironment demo) {
    this.demo = demo;
    this.storm = demo.history().taskRun("event-storm-z6t1n");
  }

  @ParameterizedTest
  @EnumSource
  void aMalformedName_isInvalid(Face face) {
    Answer answer = face.get(demo.port(), "ci/results/UPPER/logs/x");

    assertThat(answer.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(answer.message()).contains("ci/results/UPPER/logs/x", "{parent}/results/{result}");
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownRun_isNotFound(Face face) {
    Answer answer = face.get(demo.port(), "ci/results/" + storm.uid() + "/logs/" + UNKNOWN);

    assertThat(answer.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(answer.message()).contains(UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void aRunOfAnotherNamespace_isNotFound(Face face) {
    String name = demo.history().logName(storm).replaceFirst("ci/", "ci-staging/");

    assertThat(face.get(demo.port(), name).code()).isEqualTo(Code.NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatNeverHadAPod_hasNoLogForTheReasonOfItsCondition(Face face) {
    TaskRun run = demo.history().taskRun("deploy-production-q5h8d");

    Answer answer = face.get(demo.port(), demo.history().logName(run));

    assertThat(answer.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(answer.message())
        .contains("deploy-production-q5h8d", "TaskRunResolutionFailed", "\"deploy\" not found");
  }

  @ParameterizedTest
  @CsvSource({
    "tailLines, -1, 'tailLines: \"-1\" (expected: a whole number from 0 to 2147483647)'",
    "limitBytes, 0, 'limitBytes: \"0\" (expected: a whole number from 1 to 9223372036854775807)'",
    "sinceSeconds, soon,"
        + " 'sinceSeconds: \"soon\" (expected: a whole number from 1 to 2147483647)'",
    "sinceTime, yesterday,"
        + " 'sinceTime: \"yesterday\" (expected: a time as in 2026-08-20T10:00:00Z (RFC 3339))'",
    "timestamps, maybe, 'timestamps: \"maybe\" (expected: true or false)'",
  })
  void anOptionOutOfRange_isInvalidAndSaysWhatWasExpected(
      String option, String value, String message) {
    for (Face face : Face.values()) {
      Answer answer =
          face.get(demo.port(), demo.history().logName(storm), Map.of(option, List.of(value)));

      assertThat(answer.code()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(answer.message()).isEqualTo(message);
    }
  }

  @Test
  void rest_hasTheHttpStatusOfEachFailure() throws Exception {
    String name = demo.history().logName(storm);
    String noPod = demo.history().logName(demo.history().taskRun("deploy-production-q5h8d"));

    assertThat(status("ci/results/UPPER/logs/x")).isEqualTo(400);
    assertThat(status(name.replace(storm.uid(), UNKNOWN))).isEqualTo(404);
    assertThat(status(noPod)).isEqualTo(400);
    assertThat(status(name + "?tailLines=-1")).isEqualTo(400);
    assertThat(status(name)).isEqualTo(200);
  }

  private int status(String name) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<Void> response =
          http.send(
              HttpRequest.newBuilder(Face.REST_V1ALPHA3.uri(demo.port(), name, Map.of())).build(),
              BodyHandlers.discarding());
      return response.statusCode();
    }
  }
}
