// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One real Elasticsearch node in a JVM of its own, on a free port of the loopback address.
 *
 * <p>Any number can run side by side. The node ends when it is closed, and also when the process
 * that started it ends in whatever way; its folder goes with it. Safe for use by many threads.
 */
public final class EmbeddedElasticsearch implements AutoCloseable {

  private static final Duration START_CEILING = Duration.ofMinutes(2);
  private static final Duration STOP_CEILING = Duration.ofSeconds(15);

  private final Version version;
  private final Process process;
  private final Path folder;
  private final URI uri;

  private EmbeddedElasticsearch(Version version, Process process, Path folder, URI uri) {
    this.version = version;
    this.process = process;
    this.folder = folder;
    this.uri = uri;
  }

  /** Starts a small open node; see {@link #start(Options)}. */
  public static EmbeddedElasticsearch start(Version version)
      throws IOException, InterruptedException {
    return start(Options.of(version));
  }

  /**
   * Starts a node; returns when it serves requests. The caller closes it.
   *
   * @throws IOException if it does not start within two minutes; the message ends with the last
   *     lines that the node wrote. Nothing is left behind then
   * @throws InterruptedException if the thread is interrupted; nothing is left behind then
   */
  public static EmbeddedElasticsearch start(Options options)
      throws IOException, InterruptedException {
    return start(options, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Starts a node whose folder is made below {@code parent}. */
  static EmbeddedElasticsearch start(Options options, Path parent)
      throws IOException, InterruptedException {
    Path folder = NodeFolder.create(parent, options.users());
    Process process = fork(options, folder);
    try {
      URI uri = awaitAddress(process);
      return new EmbeddedElasticsearch(options.version(), process, folder, uri);
    } catch (IOException e) {
      end(process, folder);
      throw new IOException(
          "Elasticsearch " + options.version().number() + " did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      end(process, folder);
      throw e;
    }
  }

  private static Process fork(Options options, Path folder) throws IOException {
    try {
      return new ProcessBuilder(new NodeCommand(options, folder).toList())
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      NodeFolder.delete(folder);
      throw e;
    }
  }

  private static URI awaitAddress(Process process) throws IOException, InterruptedException {
    NodeOutput output = new NodeOutput();
    // Reading a pipe holds the carrier of a virtual thread, and there are as few as processors.
    Thread.ofPlatform()
        .daemon()
        .name("elasticsearch-output")
        .start(() -> output.read(process.inputReader()));
    try {
      String address = output.address().get(START_CEILING.toSeconds(), TimeUnit.SECONDS);
      return URI.create("http://" + address);
    } catch (ExecutionException _) {
      throw new IOException("the process ended; its last output:\n" + output.lastLines());
    } catch (TimeoutException _) {
      throw new IOException(
          "not within " + START_CEILING + "; its last output:\n" + output.lastLines());
    }
  }

  /** Where it serves HTTP: {@code http://127.0.0.1:<port>}, without a slash at the end. */
  public URI uri() {
    return uri;
  }

  public Version version() {
    return version;
  }

  /** Of the forked JVM. */
  public ProcessHandle processHandle() {
    return process.toHandle();
  }

  /** Where the node keeps its data; deleted by {@link #close()}. */
  Path folder() {
    return folder;
  }

  /**
   * Stops the node and deletes its folder. Waits for that, for about a second; an interrupt makes
   * it kill the node instead. Closing again does nothing.
   *
   * @throws UncheckedIOException if the folder cannot be deleted
   */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_CEILING)) {
        process.destroyForcibly();
      }
    } catch (IOException _) {
      process.destroyForcibly();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    end(process, folder);
  }

  private static void end(Process process, Path folder) {
    process.destroyForcibly().onExit().join();
    try {
      NodeFolder.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  @Override
  public String toString() {
    return "Elasticsearch " + version.number() + " at " + uri;
  }
}
