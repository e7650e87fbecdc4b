// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.demo.history.History;
import io.logbridge.demo.history.LogRecord;
import io.logbridge.demo.history.PipelineRun;
import io.logbridge.demo.history.TaskRun;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every log of the history, on every face, byte for byte. */
@Timeout(120)
@ExtendWith(SharedDemo.class)
final class LogTextTest {

  private static final int MAX_MESSAGE = 32_768;

  private final DemoEnvironment demo;
  private final History history;

  LogTextTest(DemoEnvironment demo) {
    this.demo = demo;
    this.history = demo.history();
  }

  @ParameterizedTest
  @EnumSource
  void everyTaskRun_isServedAsItsContainersWroteIt(Face face) {
    for (TaskRun run : history.allTaskRuns().filter(run -> !run.attempts().isEmpty()).toList()) {
      Answer answer = face.get(demo.port(), history.logName(run));

      answer.assertText(ExpectedLog.of(run).text());
      assertThat(answer.largest()).isLessThanOrEqualTo(MAX_MESSAGE);
      assertThat(answer.settled()).isEqualTo(run.completion() != null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPipelineRun_isServedTaskByTask(Face face) {
    for (PipelineRun run : history.pipelineRuns()) {
      Answer answer = face.get(demo.port(), History.logName(run));

      answer.assertText(ExpectedLog.of(run).text());
      assertThat(answer.largest()).isLessThanOrEqualTo(MAX_MESSAGE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordsOfLogs_leadToTheirRun(Face face) {
    for (LogRecord log : history.logRecords()) {
      face.get(demo.port(), history.logName(log)).assertText(ExpectedLog.of(log.taskRun()).text());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GRPC_V1ALPHA2", "GRPC_V1ALPHA3"})
  void theNameOfTheRecord_leadsToItsLog(Face face) {
    TaskRun run = history.taskRun("event-storm-z6t1n");

    face.get(demo.port(), history.logName(run).replace("/logs/", "/records/"))
        .assertText(ExpectedLog.of(run).text());
  }

  /** That the generator makes what the other tests take for granted. */
  @ParameterizedTest
  @CsvSource({
    "event-storm-z6t1n, event 0 replayed",
    "shop-api-main-7f3k2-lint, checking 412 files",
    "shop-api-main-7f3k2-compile, [restore-cache] restoring cache maven-8f31c2 (412 MB)",
    "shop-web-bundle-m2w7c, '[install] \u001b[1m$ npm ci\u001b[0m'"
  })
  void textOfSteps_isBareForOneAndPrefixedForSeveral(String name, String first) {
    Answer answer = Face.GRPC_V1ALPHA3.get(demo.port(), history.logName(history.taskRun(name)));

    assertThat(answer.text().lines().findFirst()).hasValue(first);
  }

  @ParameterizedTest
  @EnumSource
  void aRetriedTaskRun_isServedAttemptByAttempt(Face face) {
    TaskRun run = history.taskRun("shop-api-release-1-8-0-integration-tests");

    String text = face.get(demo.port(), history.logName(run)).text();

    assertThat(run.attempts()).hasSize(2);
    assertThat(text.indexOf("[database] LOG:  database system is shut down"))
        .isGreaterThan(text.indexOf("[test] [INFO] BUILD FAILURE"))
        .isLessThan(text.indexOf("[test] [INFO] BUILD SUCCESS"));
  }
}
