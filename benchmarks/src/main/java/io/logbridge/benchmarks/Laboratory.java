// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The store with all logs, the database, and what starts servers on them. */
final class Laboratory implements AutoCloseable {

  private final Store store;
  private final RunDatabase database;
  private final PrintStream out;
  private final List<SampleLog> logs = new ArrayList<>();

  private Laboratory(Store store, RunDatabase database, PrintStream out) {
    this.store = store;
    this.database = database;
    this.out = out;
  }

  /**
   * Starts the store and the database, both empty.
   *
   * @param heapMegabytes of the store
   */
  static Laboratory open(Store.Kind kind, int heapMegabytes, PrintStream out)
      throws IOException, InterruptedException {
    Store store = kind.start(heapMegabytes);
    try {
      Laboratory laboratory = new Laboratory(store, RunDatabase.start(), out);
      laboratory.say("%s", store);
      return laboratory;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Stores a log; its run is known to servers that start from now on. */
  void load(List<SampleLog> more) throws IOException, InterruptedException {
    long start = System.nanoTime();
    store.load(more);
    logs.addAll(more);
    say(
        "loaded %,d lines in %.0f s",
        more.stream().mapToLong(SampleLog::lines).sum(), (System.nanoTime() - start) / 1e9);
  }

  /** The caller closes it. */
  ServerProcess server(int heapMegabytes) throws IOException, InterruptedException {
    return server(heapMegabytes, store.uri());
  }

  /**
   * The caller closes it.
   *
   * @param address of what stands before the store
   */
  ServerProcess server(int heapMegabytes, URI address) throws IOException, InterruptedException {
    ServerProcess server =
        ServerProcess.start(
            heapMegabytes, ServerSettings.of(database.url(), store.configuration(address)));
    try {
      database.insert(logs);
      return server;
    } catch (SQLException e) {
      server.close();
      throw new IOException("cannot store the runs", e);
    }
  }

  /** Where the store listens. */
  URI storeUri() {
    return store.uri();
  }

  /** With pages of so many lines, of which none is looked at. */
  BareLoop bareLoop(SampleLog log, int pageSize) {
    return store.bareLoop(log, pageSize, BareLoop.Effort.SKIM);
  }

  /** With pages as large as the store has them. */
  BareLoop largestPages(SampleLog log, BareLoop.Effort effort) {
    return store.bareLoop(log, store.largestPage(), effort);
  }

  /** What the processes have used so far. */
  CpuTime cpu(ServerProcess server) {
    return CpuTime.of(store.process(), server.processHandle());
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
      store.close();
    }
  }
}
