// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.logbridge.embedded.elasticsearch.EmbeddedElasticsearch;
import io.logbridge.embedded.elasticsearch.Options;
import io.logbridge.embedded.elasticsearch.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The store with all logs, the database, and what starts servers on them. */
final class Laboratory implements AutoCloseable {

  private final EmbeddedElasticsearch node;
  private final Elasticsearch elasticsearch;
  private final RunDatabase database;
  private final PrintStream out;
  private final List<SampleLog> logs = new ArrayList<>();

  private Laboratory(EmbeddedElasticsearch node, RunDatabase database, PrintStream out) {
    this.node = node;
    this.elasticsearch = new Elasticsearch(node.uri());
    this.database = database;
    this.out = out;
  }

  /**
   * Starts the store and the database, both empty.
   *
   * @param heapMegabytes of Elasticsearch
   */
  static Laboratory open(int heapMegabytes, PrintStream out)
      throws IOException, InterruptedException {
    EmbeddedElasticsearch node =
        EmbeddedElasticsearch.start(Options.of(Version.V9).withHeapMegabytes(heapMegabytes));
    try {
      Laboratory laboratory = new Laboratory(node, RunDatabase.start(), out);
      laboratory.say("%s, heap %d MiB", node.toString(), heapMegabytes);
      return laboratory;
    } catch (IOException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  /** Stores a log; its run is known to servers that start from now on. */
  void load(List<SampleLog> more) throws IOException, InterruptedException {
    long start = System.nanoTime();
    new BulkLoader(elasticsearch).load(more);
    logs.addAll(more);
    say(
        "loaded %,d lines in %.0f s",
        more.stream().mapToLong(SampleLog::lines).sum(), (System.nanoTime() - start) / 1e9);
  }

  /** The caller closes it. */
  ServerProcess server(int heapMegabytes) throws IOException, InterruptedException {
    ServerProcess server = ServerProcess.start(heapMegabytes, database.url(), elasticsearch.uri());
    try {
      database.insert(logs);
      return server;
    } catch (SQLException e) {
      server.close();
      throw new IOException("cannot store the runs", e);
    }
  }

  BareLoop bareLoop(SampleLog log, int pageSize) {
    return new BareLoop(elasticsearch, log, pageSize);
  }

  /** What the processes have used so far. */
  CpuTime cpu(ServerProcess server) {
    return CpuTime.of(node.processHandle(), server.processHandle());
  }

  /** Writes a line of the report. */
  void say(String format, Object... values) {
    out.printf(format + "%n", values);
  }

  @Override
  public void close() throws IOException {
    try {
      database.close();
    } finally {
      elasticsearch.close();
      node.close();
    }
  }
}
