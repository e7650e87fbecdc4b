// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.demo.history.History;
import io.logbridge.demo.history.PipelineRun;
import io.logbridge.demo.history.TaskRun;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The stores of the tests hold the same history as Elasticsearch, and give the same text: without
 * any difference, since what Loki does not promise, the order of lines of one timestamp, the one of
 * the tests keeps.
 */
@Timeout(120)
final class BackendTest {

  /** More than one thread ships on its own, so that the longest log arrives out of order. */
  private static final int LINES = 25_000;

  private static final Face FACE = Face.GRPC_V1ALPHA3;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ELASTICSEARCH")
  void everyLog_isServedAsItsContainersWroteIt_andNothingIsLeftBehind(Backend backend)
      throws Exception {
    URI store;
    Path folder;
    try (DemoEnvironment demo =
        DemoEnvironment.start(new DemoOptions(backend, 0, LINES), new Progress(_ -> {}))) {
      store = demo.store().uri();
      folder = demo.folder();
      assertThat(folder).isDirectory();
      assertTaskRuns(demo);
      assertTimes(demo, "event-storm-z6t1n");
      assertTimes(demo, "shop-web-bundle-m2w7c");
      assertPipelineRuns(demo);
    }

    assertThat(folder).doesNotExist();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), store.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  private static void assertTaskRuns(DemoEnvironment demo) {
    History history = demo.history();
    for (TaskRun run : history.allTaskRuns().filter(run -> !run.attempts().isEmpty()).toList()) {
      FACE.get(demo.port(), history.logName(run)).assertText(ExpectedLog.of(run).text());
    }
  }

  private static void assertTimes(DemoEnvironment demo, String taskRun) {
    TaskRun run = demo.history().taskRun(taskRun);
    ExpectedLog expected = ExpectedLog.of(run);

    FACE.get(demo.port(), demo.history().logName(run), Map.of("timestamps", List.of("true")))
        .assertText(expected.text(expected.prefixed(), true));
  }

  private static void assertPipelineRuns(DemoEnvironment demo) {
    for (PipelineRun run : demo.history().pipelineRuns()) {
      FACE.get(demo.port(), History.logName(run)).assertText(ExpectedLog.of(run).text());
    }
  }
}
