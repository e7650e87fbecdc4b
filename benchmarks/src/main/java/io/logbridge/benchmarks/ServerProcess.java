// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Logbridge in a JVM of its own, as operators start it. */
final class ServerProcess implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("serving gRPC and REST on port (\\d+)");
  private static final Duration START_CEILING = Duration.ofMinutes(2);
  private static final Duration STOP_CEILING = Duration.ofSeconds(20);
  private static final int LAST_LINES = 30;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Process process;
  private final Path folder;
  private final int port;

  private ServerProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one; returns when it serves.
   *
   * @param heapMegabytes the JVM's -Xmx
   */
  static ServerProcess start(int heapMegabytes, ServerSettings settings)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("logbridge-benchmark-");
    Path config = Files.writeString(folder.resolve("config.yaml"), settings.yaml());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    // As the JVM chooses by itself where memory is limited to that of deploy/base.
    command.add("-XX:+UseSerialGC");
    command.add("-Xlog:gc:file=" + folder.resolve("gc.log"));
    String more = System.getProperty("logbridge.server.jvm", "");
    if (!more.isEmpty()) {
      command.addAll(List.of(more.split(" ", -1)));
    }
    command.addAll(List.of("-jar", System.getProperty("logbridge.server", "logbridge.jar")));
    command.addAll(List.of("serve", "--config", config.toString()));
    // A file, since reading a pipe with a line for each call would be work of the client's process.
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output(folder).toFile())
            .start();
    try {
      return new ServerProcess(process, folder, awaitPort(process, output(folder)));
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      delete(folder);
      throw e;
    }
  }

  private static Path output(Path folder) {
    return folder.resolve("output.log");
  }

  private static int awaitPort(Process process, Path output)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START_CEILING.toNanos();
    while (System.nanoTime() - end < 0 && !process.waitFor(LOOK)) {
      Matcher matcher = PORT.matcher(Files.readString(output));
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("the server did not start: " + lastLines(output));
  }

  private static String lastLines(Path output) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    try (Stream<String> lines = Files.lines(output)) {
      lines.forEach(line -> {
        last.add(line);
        if (last.size() > LAST_LINES) {
          last.remove();
        }
      });
    }
    return String.join("\n", last);
  }

  /** Of gRPC. */
  int port() {
    return port;
  }

  ProcessHandle processHandle() {
    return process.toHandle();
  }

  /**
   * What it took so far.
   *
   * @throws IOException if it is no longer running
   */
  Memory memory() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the server has ended: " + lastLines(output(folder)));
    }
    return Memory.of(process.pid(), folder.resolve("gc.log"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_CEILING)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(folder);
  }

  private static void delete(Path folder) {
    try {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
