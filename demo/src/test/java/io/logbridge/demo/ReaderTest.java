// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.demo.history.History;
import io.logbridge.demo.history.TaskRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code logbridge logs}, as a program. */
@Timeout(120)
@ExtendWith(SharedDemo.class)
final class ReaderTest {

  private static final Duration CEILING = Duration.ofSeconds(60);

  private final DemoEnvironment demo;
  private final History history;

  @TempDir private Path folder;

  ReaderTest(DemoEnvironment demo) {
    this.demo = demo;
    this.history = demo.history();
  }

  /** What the program came to. */
  private record Ran(int status, String out, String errors) {}

  private Ran logs(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.logbridge.adapter.Main",
            "logs",
            "--server",
            "http://127.0.0.1:" + demo.port()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    Process program =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(program.waitFor(CEILING)).isTrue();
    } finally {
      program.destroyForcibly();
    }
    return new Ran(program.exitValue(), read(out), read(errors));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Test
  void aLog_isPrintedWithItsSteps() throws Exception {
    TaskRun run = history.taskRun("shop-api-release-1-8-0-integration-tests");

    Ran ran = logs(history.logName(run));

    assertThat(ran.errors()).isEmpty();
    assertThat(ran.out()).isEqualTo(ExpectedLog.of(run).text(true, false));
    assertThat(ran.status()).isZero();
  }

  @Test
  void options_areThoseOfTheServer() throws Exception {
    TaskRun run = history.taskRun("shop-api-release-1-8-0-integration-tests");

    Ran ran = logs(history.logName(run), "-c", "test", "--tail", "3", "--timestamps");

    assertThat(ran.out())
        .isEqualTo(
            ExpectedLog.of(run)
                .only(entry -> entry.label().equals("test"))
                .last(3)
                .text(true, true));
    assertThat(ran.status()).isZero();
  }

  @Test
  void anUnknownRun_endsItWithOneAndTheReason() throws Exception {
    Ran ran = logs("ci/results/nothing/logs/nothing");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.errors()).startsWith("logbridge: ").contains("ci/results/nothing/logs/nothing");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void aNameThatIsNone_endsItWithTwoAndTheUsage() throws Exception {
    Ran ran = logs("ci/nothing");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.errors())
        .startsWith("NAME: \"ci/nothing\" (expected: PARENT/results/RESULT/logs/UID)")
        .contains("Usage: logbridge logs");
    assertThat(ran.status()).isEqualTo(2);
  }
}
