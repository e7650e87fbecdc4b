// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.demo.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL, a store of logs, a history in both, and a Logbridge that serves it. Any number can
 * run side by side. Closing it leaves nothing behind.
 */
final class DemoEnvironment implements AutoCloseable {

  private final DemoOptions options;
  private final Progress progress;
  private final History history;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private @Nullable Parts running;

  private record Parts(
      Path folder,
      Path configuration,
      DatabaseServer database,
      LogStore store,
      LogbridgeServer server) {}

  private DemoEnvironment(DemoOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.history = History.asOf(Instant.now(), options.lines());
  }

  /**
   * Starts everything and loads the history; returns when every log of it can be read.
   *
   * @throws IOException if a part does not start; nothing is left behind then
   * @throws InterruptedException if the thread is interrupted; nothing is left behind then
   */
  static DemoEnvironment start(DemoOptions options, Progress progress)
      throws IOException, InterruptedException {
    DemoEnvironment demo = new DemoEnvironment(options, progress);
    try {
      demo.start();
      return demo;
    } catch (IOException | InterruptedException | RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  private void start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("logbridge-demo-");
    parts.push(() -> Folders.delete(folder));
    Starting<LogStore> startedStore = inBackground(this::startStore);
    Starting<DatabaseServer> startedDatabase = inBackground(() -> startDatabase(folder));
    LogStore store;
    DatabaseServer database;
    try {
      store = get(startedStore);
      database = get(startedDatabase);
    } finally {
      keep(startedStore);
      keep(startedDatabase);
      // Elasticsearch takes the longest, and an interrupt ends it without a trace.
      parts.push(startedStore.thread()::interrupt);
    }
    Starting<Void> lines = inBackground(() -> loadLogs(store));
    try {
      Path configuration =
          ServerFile.write(
              folder.resolve("logbridge.yaml"),
              options.port(),
              database,
              store.configuration(store.uri()));
      LogbridgeServer server = startServer(configuration);
      loadRecords(database);
      running = new Parts(folder, configuration, database, store, server);
      get(lines);
    } finally {
      lines.task().cancel(true);
    }
  }

  private LogStore startStore() throws IOException, InterruptedException {
    LogStore store = options.backend().start();
    progress.done(store.name() + " is up at " + store.uri());
    return store;
  }

  private DatabaseServer startDatabase(Path folder) throws IOException {
    DatabaseServer server = DatabaseServer.start(folder.resolve("postgresql"));
    progress.done(server + " is up");
    return server;
  }

  private @Nullable Void loadLogs(LogStore store) throws IOException, InterruptedException {
    progress.done("loaded " + store.load(history) + " log lines");
    return null;
  }

  private LogbridgeServer startServer(Path configuration) throws IOException {
    LogbridgeServer server;
    try {
      server = LogbridgeServer.start(ConfigLoader.load(configuration, Map.of()));
    } catch (RuntimeException e) {
      throw new IOException("Logbridge did not start: " + e.getMessage(), e);
    }
    parts.push(server);
    progress.done("Logbridge is up at 127.0.0.1:" + server.port());
    return server;
  }

  private void loadRecords(DatabaseServer database) throws IOException {
    try {
      progress.done("loaded " + RecordLoader.load(database, history) + " records");
    } catch (java.sql.SQLException e) {
      throw new IOException("cannot load the records: " + e.getMessage(), e);
    }
  }

  /** What a thread of its own is starting. */
  private record Starting<T>(FutureTask<T> task, Thread thread) {}

  private static <T> Starting<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    return new Starting<>(task, Thread.ofPlatform().name("demo-start").daemon().start(task));
  }

  private static <T> T get(Starting<T> part) throws IOException, InterruptedException {
    try {
      return part.task().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }

  /** Sees to it that what is being started is closed, also if nobody waited for it. */
  private void keep(Starting<? extends AutoCloseable> part) {
    parts.push(() -> {
      try {
        part.task().get().close();
      } catch (ExecutionException _) {
        // It did not start, and whoever waited for it has been told why.
      }
    });
  }

  History history() {
    return history;
  }

  int port() {
    return running().server().port();
  }

  int operationsPort() {
    return running().server().operationsPort();
  }

  /** The file that the server has read. */
  Path configuration() {
    return running().configuration();
  }

  /** A folder that goes with the demo. */
  Path folder() {
    return running().folder();
  }

  DatabaseServer database() {
    return running().database();
  }

  LogStore store() {
    return running().store();
  }

  Backend backend() {
    return options.backend();
  }

  private Parts running() {
    if (running == null) {
      throw new IllegalStateException("the demo has not started");
    }
    return running;
  }

  /** Stops everything, last started first. An interrupt does not keep it from that. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (InterruptedException _) {
        interrupted = true;
      } catch (Exception e) {
        progress.done("could not stop everything: " + e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
