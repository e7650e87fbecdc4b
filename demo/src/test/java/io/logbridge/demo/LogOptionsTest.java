// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.logbridge.demo.history.History;
import io.logbridge.demo.history.PipelineRun;
import io.logbridge.demo.history.TaskRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every option, as metadata in gRPC and as query parameter in REST. */
@Timeout(60)
@ExtendWith(SharedDemo.class)
final class LogOptionsTest {

  private final DemoEnvironment demo;
  private final TaskRun build;
  private final TaskRun storm;
  private final TaskRun longest;
  private final PipelineRun failed;

  LogOptionsTest(DemoEnvironment demo) {
    this.demo = demo;
    this.build = demo.history().taskRun("shop-api-main-7f3k2-unit-tests");
    this.storm = demo.history().taskRun("event-storm-z6t1n");
    this.longest = demo.history().taskRun("nightly-load-test-4c8vq");
    this.failed = demo.history().pipelineRun("shop-api-pr-412-x9d4m");
  }

  private Answer get(Face face, TaskRun run, Map<String, String> options) {
    return get(face, demo.history().logName(run), options);
  }

  private Answer get(Face face, String name, Map<String, String> options) {
    Map<String, List<String>> lists =
        options.entrySet().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    Map.Entry::getKey, option -> List.of(option.getValue())));
    return face.get(demo.port(), name, lists);
  }

  @ParameterizedTest
  @EnumSource
  void container_namesAStepOrASidecar(Face face) {
    ExpectedLog all = ExpectedLog.of(build);

    get(face, build, Map.of("container", "test"))
        .assertText(all.only(entry -> entry.label().equals("test")).text(false, false));
    get(face, build, Map.of("container", "sidecar-database"))
        .assertText(all.only(entry -> entry.label().equals("database")).text(false, false));
  }

  @ParameterizedTest
  @EnumSource
  void container_mayBeRepeated(Face face) {
    face.get(
            demo.port(),
            demo.history().logName(build),
            Map.of("container", List.of("step-test", "database")))
        .assertText(ExpectedLog.of(build).text());
  }

  @ParameterizedTest
  @EnumSource
  void container_thatDoesNotExist_isNotFound(Face face) {
    Answer answer = get(face, build, Map.of("container", "nope"));

    assertThat(answer.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(answer.message())
        .isEqualTo("container: \"nope\" (expected: one of step-test, sidecar-database)");
  }

  @ParameterizedTest
  @EnumSource
  void sinceTime_isExactToTheNanosecond(Face face) {
    Instant since = ExpectedLog.of(storm).entries().get(1234).line().time();

    get(face, storm, Map.of("sinceTime", since.toString()))
        .assertText(
            ExpectedLog.of(storm).only(entry -> !entry.line().time().isBefore(since)).text());
  }

  @ParameterizedTest
  @EnumSource
  void until_isExactToTheNanosecondAndExclusive(Face face) {
    Instant until = ExpectedLog.of(storm).entries().get(4000).line().time();

    get(face, storm, Map.of("until", until.toString()))
        .assertText(
            ExpectedLog.of(storm).only(entry -> entry.line().time().isBefore(until)).text());
  }

  @ParameterizedTest
  @EnumSource
  void sinceAndUntil_cutAWindowAroundMidnight(Face face) {
    Instant since = longest.start().plus(Duration.ofMinutes(9));
    Instant until = since.plus(Duration.ofMinutes(2));

    get(face, longest, Map.of("sinceTime", since.toString(), "until", until.toString()))
        .assertText(
            ExpectedLog.of(longest)
                .only(entry ->
                    !entry.line().time().isBefore(since) && entry.line().time().isBefore(until))
                .text());
  }

  @ParameterizedTest
  @EnumSource
  void sinceSeconds_countsBackFromNow(Face face) {
    TaskRun running = demo.history().taskRun("smoke-test-b9x2r");

    get(face, running, Map.of("sinceSeconds", "3600")).assertText(ExpectedLog.of(running).text());
    get(face, longest, Map.of("sinceSeconds", "3600")).assertText("");
  }

  @ParameterizedTest
  @EnumSource
  void tailLines_areTheLastOfOneContainer(Face face) {
    for (int lines : List.of(1, 10, 3000)) {
      get(face, longest, Map.of("tailLines", Integer.toString(lines)))
          .assertText(ExpectedLog.of(longest).last(lines).text());
      get(face, storm, Map.of("tailLines", Integer.toString(lines)))
          .assertText(ExpectedLog.of(storm).last(lines).text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tailLines_reachBackOverContainersAndTasks(Face face) {
    ExpectedLog all = ExpectedLog.of(failed);

    get(face, History.logName(failed), Map.of("tailLines", "20")).assertText(all.last(20).text());
    get(face, History.logName(failed), Map.of("tailLines", "100000")).assertText(all.text());
    get(face, History.logName(failed), Map.of("tailLines", "0")).assertText("");
  }

  @ParameterizedTest
  @EnumSource
  void tailLines_countALineThatWasStoredInPiecesOnce(Face face) {
    TaskRun bundle = demo.history().taskRun("shop-web-bundle-m2w7c");

    get(face, bundle, Map.of("tailLines", "409"))
        .assertText(ExpectedLog.of(bundle).last(409).text());
  }

  @ParameterizedTest
  @EnumSource
  void limitBytes_cutsAtACharacter(Face face) {
    TaskRun bundle = demo.history().taskRun("shop-web-bundle-m2w7c");
    byte[] all = ExpectedLog.of(bundle).text().getBytes(StandardCharsets.UTF_8);
    int limit = 100_000; // in the middle of the line of rockets, three times out of four in one
    for (int extra = 0; extra < 4; extra++) {
      int cut = limit + extra;
      while ((all[cut] & 0xC0) == 0x80) {
        cut--;
      }
      get(face, bundle, Map.of("limitBytes", Integer.toString(limit + extra)))
          .assertText(new String(all, 0, cut, StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void timestamps_haveNanoseconds(Face face) {
    get(face, storm, Map.of("timestamps", "true"))
        .assertText(ExpectedLog.of(storm).text(false, true));
    get(face, History.logName(failed), Map.of("timestamps", "true"))
        .assertText(ExpectedLog.of(failed).text(true, true));
  }

  @ParameterizedTest
  @EnumSource
  void prefix_canBeForcedAndForbidden(Face face) {
    get(face, storm, Map.of("prefix", "true")).assertText(ExpectedLog.of(storm).text(true, false));
    get(face, History.logName(failed), Map.of("prefix", "false"))
        .assertText(ExpectedLog.of(failed).text(false, false));
  }
}
