// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program behind {@code demo/run}, as users have it: a process that prints and is stopped. */
@Timeout(180)
final class DemoProgramTest {

  private static final Duration CEILING = Duration.ofSeconds(60);
  private static final int LINES = 5000;

  @TempDir private Path temporary;
  private Process program;

  @AfterEach
  void endTheProgram() {
    if (program != null) {
      program.destroyForcibly();
      children().forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void itsCommandsWorkAsPasted_andItLeavesNothingBehind() throws Exception {
    program = start("--lines", Integer.toString(LINES));
    List<String> output = readUntil("Ctrl-C");
    List<String> commands = commands(output);

    assertThat(commands).hasSize(3);
    assertThat(run(commands.get(0)).lines()).hasSize(LINES);
    assertThat(run(commands.get(1)))
        .startsWith("[fetch : clone] + git init /workspace/source\n")
        .contains("[compile : mvn] [ERROR] COMPILATION ERROR :\n");
    assertThat(commands.get(2)).startsWith("kubectl ");

    stopsWithoutATrace(port(commands.getFirst()));
  }

  @Test
  void elasticsearchKilled_itsCommandsFailAndSayWhy() throws Exception {
    program = start("--lines", "10");
    List<String> commands = commands(readUntil("Ctrl-C"));
    ProcessHandle node =
        program
            .descendants()
            .filter(child -> child.info().command().isPresent())
            .findFirst()
            .orElseThrow();
    assertThat(node.destroyForcibly()).isTrue();
    node.onExit().get(CEILING.toSeconds(), TimeUnit.SECONDS);

    Ran getLog = paste(commands.get(1));
    Ran curl = paste(commands.get(0) + " -w '%{http_code}'");

    assertThat(getLog.status()).isEqualTo(1);
    assertThat(getLog.out()).isEmpty();
    assertThat(getLog.errors())
        .contains("get-log: UNAVAILABLE: Elasticsearch", "reason: STORE_UNAVAILABLE");
    assertThat(curl.out()).startsWith("{\"code\":14,").endsWith("503");
    stopsWithoutATrace(0);
  }

  @ParameterizedTest
  @CsvSource({"loki, Loki", "splunk, Splunk"})
  void aStoreOfTheTests_isSaidToBeOneTwiceAndIsAllThatIsStarted(String backend, String product)
      throws Exception {
    program = start("--backend", backend, "--lines", Integer.toString(LINES));
    List<String> output = readUntil("Ctrl-C");
    List<String> commands = commands(output);

    assertThat(output)
        .contains("Starting PostgreSQL and the " + product + " of Logbridge's tests ...")
        .filteredOn(line -> line.startsWith("This is not a real " + product + ". "))
        .hasSize(2);
    assertThat(output).noneMatch(line -> line.contains("Elasticsearch"));
    assertThat(program.descendants()).isEmpty();
    assertThat(run(commands.get(0)).lines()).hasSize(LINES);
    assertThat(run(commands.get(1)))
        .startsWith("[fetch : clone] + git init /workspace/source\n")
        .contains("[compile : mvn] [ERROR] COMPILATION ERROR :\n");

    stopsWithoutATrace(port(commands.getFirst()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--backend solr | --backend: solr (expected: elasticsearch, loki or splunk)",
        "--backend Loki | --backend: Loki (expected: elasticsearch, loki or splunk)",
        "--backend=loki --lines=400001"
            + " | --lines: 400001 (expected: a whole number from 1 to 400000 with --backend loki)",
        "--port 65536 | --port: 65536 (expected: a whole number from 0 to 65535)",
      })
  void anOptionThatIsWrong_isNamedAndNothingIsStarted(String options, String message)
      throws Exception {
    program = start(options.split(" "));

    assertThat(program.inputReader().readAllAsString()).isEqualTo(message + "\n");
    assertThat(program.waitFor(CEILING)).isTrue();
    assertThat(program.exitValue()).isEqualTo(2);
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void stoppedBeforeItIsReady_itLeavesNothingBehindEither() throws Exception {
    program = start("--lines", Integer.toString(DemoOptions.DEFAULT_LINES));
    readUntil("is up");

    stopsWithoutATrace(0);
  }

  @Test
  void aPortThatIsTaken_isSaidAndNothingIsLeftBehind() throws Exception {
    try (var taken = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      program = start("--lines", "10", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(readUntil("cannot start").getLast()).contains("Logbridge did not start");
      assertThat(program.waitFor(CEILING)).isTrue();
    }
    assertThat(program.exitValue()).isEqualTo(1);
    assertThat(children()).isEmpty();
    assertThat(leftBehind()).isEmpty();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-Djava.io.tmpdir=" + temporary,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--get-log",
            Path.of("get-log").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Everything that the program wrote, up to a line with these words. */
  private List<String> readUntil(String words) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = program.inputReader();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.contains(words)) {
        return lines;
      }
    }
    throw new AssertionError("the program ended without \"" + words + "\": " + lines);
  }

  private static List<String> commands(List<String> output) {
    return output.stream()
        .filter(line -> line.startsWith("  "))
        .map(String::strip)
        .filter(line -> line.matches("(curl|kubectl) .*") || line.contains("get-log "))
        .toList();
  }

  private static int port(String command) {
    return Integer.parseInt(command.replaceFirst(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1"));
  }

  /** What a pasted command came to. */
  private record Ran(int status, String out, String errors) {}

  private static String run(String command) throws Exception {
    Ran ran = paste(command);
    assertThat(ran.status()).as(command + " wrote " + ran.errors()).isZero();
    return ran.out();
  }

  private static Ran paste(String command) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", command).start();
    CompletableFuture<String> errors =
        CompletableFuture.supplyAsync(
            () -> shell.errorReader().lines().collect(Collectors.joining("\n")));
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(CEILING)).isTrue();
    return new Ran(shell.exitValue(), out, errors.get(CEILING.toSeconds(), TimeUnit.SECONDS));
  }

  private void stopsWithoutATrace(int port) throws Exception {
    List<ProcessHandle> children = children();
    assertThat(children).isNotEmpty();

    program.destroy(); // SIGTERM; Ctrl-C takes the same way

    assertThat(program.waitFor(CEILING)).isTrue();
    assertThat(program.exitValue()).isEqualTo(128 + 15);
    assertThat(children()).isEmpty();
    assertThat(leftBehind()).isEmpty();
    if (port != 0) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  /** PostgreSQL is nobody's descendant; but all that was started names our folder. */
  private List<ProcessHandle> children() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != program.pid())
        .filter(process -> process.info().commandLine().orElse("").contains(temporary.toString()))
        .toList();
  }

  private List<Path> leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }
}
