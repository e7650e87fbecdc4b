// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real kubectl, or another program that reads a kubeconfig, with a home of its own.
 *
 * @param program the file
 * @param home for its caches, and for what it writes
 */
record Kubectl(Path program, Path home) {

  /** How a run has ended. */
  record Outcome(int status, String out, String err) {}

  /** The program of this name, if the PATH has one. */
  static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Others that lie beside it, as {@code kubectl.1.27} does where the Google Cloud SDK has it. */
  static List<Path> versionsBeside(Path program) throws IOException {
    Path real = program.toRealPath();
    try (Stream<Path> files = Files.list(real.getParent())) {
      return files
          .filter(file -> file.getFileName().toString().matches("kubectl\\.[0-9.]+"))
          .filter(Files::isExecutable)
          .sorted()
          .toList();
    }
  }

  /** Makes a context of a server with a token the current one, as {@code docs/clients.md} says. */
  void configure(String server, String certificatePem, String token) throws IOException {
    Path authority = Files.writeString(home.resolve("ca.crt"), certificatePem);
    Files.writeString(
        home.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: archive
          cluster:
            server: %s
            certificate-authority: %s
        users:
        - name: me
          user:
            token: %s
        contexts:
        - name: archive
          context: {cluster: archive, user: me, namespace: ci}
        current-context: archive
        """
            .formatted(server, authority, token));
  }

  /** Runs it; fails if it does not end. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KUBE"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("KUBECONFIG", home.resolve("config").toString());
    builder.environment().put("KUBECACHEDIR", home.resolve("cache").toString());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
