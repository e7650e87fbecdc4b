// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.backend.splunk.fake.FakeSplunk;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A store of the tests in a JVM of its own, as the real one would be. Ends with this JVM. */
final class FakeStore implements AutoCloseable {

  static final String INDEX = "kubernetes";

  private final Process process;
  private final URI uri;

  private FakeStore(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Starts one; returns when it serves. */
  static FakeStore start(Store.Kind kind, int heapMegabytes) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heapMegabytes + "m",
                    "-cp",
                    System.getProperty("java.class.path").replace(':', File.pathSeparatorChar),
                    FakeStore.class.getName(),
                    kind.name()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null) {
      throw new IOException(kind + " did not start (expected: its address)");
    }
    return new FakeStore(process, URI.create(line));
  }

  /** What runs in the other JVM: says its address, and ends when its input does. */
  public static void main(String[] args) throws IOException {
    URI uri =
        switch (Store.Kind.valueOf(args[0])) {
          case LOKI -> FakeLoki.start(FakeOptions.DEFAULT).uri();
          case SPLUNK -> {
            FakeSplunk splunk = new FakeSplunk();
            splunk.createIndex(INDEX);
            yield splunk.uri();
          }
          case ELASTICSEARCH ->
              throw new IllegalArgumentException(args[0] + " (expected: one of the tests)");
        };
    System.out.println(uri);
    System.out.flush();
    System.exit(System.in.read() < 0 ? 0 : 1);
  }

  URI uri() {
    return uri;
  }

  ProcessHandle processHandle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
