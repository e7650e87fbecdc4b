// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.Line;
import io.logbridge.demo.history.Pod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The kubectl that this machine has, against the whole demo; skipped where there is none. */
@ExtendWith(SharedDemo.class)
@Timeout(180)
final class KubectlTest {

  @TempDir private Path home;

  @BeforeAll
  static void findKubectl() {
    boolean found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    assumeTrue(found, "there is no kubectl on the PATH");
  }

  @Test
  void theCommandOfTheGuide_printsTheLastLinesOfTheStepThatFailed(DemoEnvironment demo)
      throws Exception {
    String command = new Guide(demo, "get-log").commands().getLast();

    assertThat(run(command).lines())
        .hasSize(8)
        .last()
        .asString()
        .endsWith("[ERROR] Failed to execute goal compile on project cart: Compilation failure");
  }

  @Test
  void logsOfAPod_areWhatItsContainersWrote(DemoEnvironment demo) throws Exception {
    Pod pod = demo.history().taskRun("event-storm-z6t1n").attempts().getLast().pod();
    for (Container container : pod.containers()) {
      String command =
          "kubectl --server http://127.0.0.1:%d/kube -n %s logs %s -c %s"
              .formatted(demo.port(), pod.namespace(), pod.name(), container.name());

      assertThat(run(command))
          .isEqualTo(
              container
                  .lines()
                  .map(Line::text)
                  .map(text -> text + "\n")
                  .collect(Collectors.joining()));
    }
  }

  private String run(String command) throws Exception {
    Path out = home.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .redirectOutput(out.toFile())
            .redirectError(home.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KUBE"));
    builder.environment().put("HOME", home.toString());
    Process shell = builder.start();
    assertThat(shell.waitFor(java.time.Duration.ofMinutes(2))).isTrue();
    assertThat(shell.exitValue()).as(Files.readString(home.resolve("err"))).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
