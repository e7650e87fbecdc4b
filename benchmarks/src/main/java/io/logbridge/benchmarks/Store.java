// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A running log store, at first empty. The caller closes it. */
interface Store extends AutoCloseable {

  /** Of which kinds there are. */
  enum Kind {
    /** The real one. */
    ELASTICSEARCH,
    /** That of the tests: the real one cannot be had from where the build gets all else. */
    LOKI,
    /** As with Loki. */
    SPLUNK;

    /**
     * Starts one.
     *
     * @param heapMegabytes the -Xmx of its JVM
     */
    Store start(int heapMegabytes) throws IOException, InterruptedException {
      return switch (this) {
        case ELASTICSEARCH -> ElasticsearchStore.start(heapMegabytes);
        case LOKI -> LokiStore.start(heapMegabytes);
        case SPLUNK -> SplunkStore.start(heapMegabytes);
      };
    }
  }

  /** Where it listens. */
  URI uri();

  /**
   * The server's {@code logStorage} in YAML.
   *
   * @param address of the store, or of what stands before it
   */
  String configuration(URI address);

  /** Stores logs; returns when they can be read. */
  void load(List<SampleLog> logs) throws IOException, InterruptedException;

  /**
   * What reads a log by hand.
   *
   * @param pageSize lines of a page
   */
  BareLoop bareLoop(SampleLog log, int pageSize, BareLoop.Effort effort);

  /** How many lines a page of the store has at most. */
  int largestPage();

  ProcessHandle process();

  @Override
  void close() throws IOException;

  /** What it is, for the report. */
  @Override
  String toString();
}
