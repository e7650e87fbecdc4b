// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The forked JVM: one Elasticsearch node, until standard input ends. */
final class NodeMain {

  /** What stands before the address on the line that says that the node is up. */
  static final String READY = "READY ";

  private static final int FIRST_SETTING = 3;

  private NodeMain() {}

  /**
   * Runs the node.
   *
   * @param args the server's folder, the node's folder, the modules to load, and {@code key=value}
   *     settings
   */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]);
    Path work = Path.of(args[1]);
    Set<String> modules = Set.of(args[2].split(","));
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : List.of(args).subList(FIRST_SETTING, args.length)) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    CompletableFuture<Closeable> node = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            node.complete(new NodeStarter(home, work, modules).start(settings));
            System.out.println(READY + NodeStarter.httpAddress(work));
          } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
          }
        });
    // From the first moment on, so that a parent that dies meanwhile leaves nothing behind.
    waitForEndOfInput();
    try {
      node.join().close(); // not before it has started: until then it goes on making files
      NodeFolder.delete(work);
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void waitForEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // What is written is of no interest.
    }
  }
}
