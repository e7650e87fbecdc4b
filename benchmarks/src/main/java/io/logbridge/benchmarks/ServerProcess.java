// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Logbridge in a JVM of its own, as operators start it. */
final class ServerProcess implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("serving gRPC and REST on port (\\d+)");
  private static final Duration START_CEILING = Duration.ofMinutes(2);
  private static final Duration STOP_CEILING = Duration.ofSeconds(20);
  private static final int LAST_LINES = 30;

  private final Process process;
  private final Path folder;
  private final int port;
  private final Deque<String> output;

  private ServerProcess(Process process, Path folder, int port, Deque<String> output) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.output = output;
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
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Deque<String> output = new ArrayDeque<>();
    try {
      return new ServerProcess(process, folder, awaitPort(process, output), output);
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      delete(folder);
      throw e;
    }
  }

  private static int awaitPort(Process process, Deque<String> output)
      throws IOException, InterruptedException {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    // Reading a pipe holds the carrier of a virtual thread, and there are as few as processors.
    Thread.ofPlatform().daemon().name("server-output").start(() -> read(process, output, port));
    try {
      return port.get(START_CEILING.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the server did not start: " + lastLines(output), e);
    }
  }

  private static void read(Process process, Deque<String> output, CompletableFuture<Integer> port) {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (output) {
          output.add(line);
          if (output.size() > LAST_LINES) {
            output.remove();
          }
        }
        Matcher matcher = PORT.matcher(line);
        if (matcher.find()) {
          port.complete(Integer.valueOf(matcher.group(1)));
        }
      }
      port.completeExceptionally(new IOException("the process has ended"));
    } catch (IOException e) {
      port.completeExceptionally(e);
    }
  }

  private static String lastLines(Deque<String> output) {
    synchronized (output) {
      return String.join("\n", output);
    }
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
      throw new IOException("the server has ended: " + lastLines(output));
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
