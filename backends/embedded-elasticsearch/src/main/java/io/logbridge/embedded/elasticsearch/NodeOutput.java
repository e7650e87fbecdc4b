// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Reads what the forked JVM writes until it ends, so that it never blocks on a full pipe, and keeps
 * the last lines for the case that it fails.
 */
final class NodeOutput {

  private static final int KEPT_LINES = 60;

  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<String> address = new CompletableFuture<>();

  /** Completes with the address when the node is up, exceptionally when it will never be. */
  CompletableFuture<String> address() {
    return address;
  }

  /** Reads to the end, in the calling thread. */
  void read(BufferedReader output) {
    try (output) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(NodeMain.READY)) {
          address.complete(line.substring(NodeMain.READY.length()));
        }
        keep(line);
      }
    } catch (IOException e) {
      keep("(cannot read on: " + e + ")");
    }
    address.completeExceptionally(new CompletionException("the process ended", null));
  }

  /** The last lines, oldest first. */
  synchronized String lastLines() {
    return String.join("\n", lastLines);
  }

  private synchronized void keep(String line) {
    if (lastLines.size() == KEPT_LINES) {
      lastLines.removeFirst();
    }
    lastLines.addLast(line);
  }
}
