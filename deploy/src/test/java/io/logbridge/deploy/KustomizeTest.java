// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl kustomize} makes of the overlays, where there is a {@code kubectl}. */
class KustomizeTest {

  @ParameterizedTest
  @ValueSource(strings = {"elasticsearch", "loki", "splunk"})
  void overlay_isRendered(String overlay) throws Exception {
    assumeTrue(isInstalled("kubectl"), "no kubectl on the PATH: nothing is rendered");

    String rendered = run("kubectl", "kustomize", "overlays/" + overlay);

    assertThat(rendered.split("\n---\n"))
        .hasSize(9)
        .filteredOn(object -> !object.contains("kind: ClusterRole"))
        .allSatisfy(object -> assertThat(object).contains("namespace: tekton-pipelines"));
    assertThat(rendered)
        .containsPattern("name: logbridge-config-[a-z0-9]+\n  namespace")
        .containsPattern("configMap:\n +name: logbridge-config-[a-z0-9]+\n");
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(Manifests.ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
