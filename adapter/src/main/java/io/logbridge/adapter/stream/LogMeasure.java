// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.LogName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How large logs are. No store knows that: what it counts is entries, of which several may be one
 * line, in documents that are larger than it. So the logs are read, a few at a time, and thrown
 * away. Used once.
 */
final class LogMeasure {

  /** Logs that one call reads at the same time. */
  static final int AT_ONCE = 4;

  private final LogService logs;
  private final CallScope scope;

  LogMeasure(LogService logs, CallScope scope) {
    this.logs = logs;
    this.scope = scope;
  }

  /** The sizes in the order of the names; nothing where there is no log that could have one. */
  List<Optional<LogSize>> of(List<LogName> names) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("log-measure").factory())) {
      List<Future<Optional<LogSize>>> sizes =
          names.stream().map(name -> threads.submit(() -> measure(name))).toList();
      try {
        return sizes.stream().map(LogMeasure::await).toList();
      } finally {
        threads.shutdownNow(); // after a failure nobody waits for the others
      }
    }
  }

  private Optional<LogSize> measure(LogName name) {
    Counter counter = new Counter();
    try {
      logs.stream(logs.plan(name, LogOptions.NONE, scope), counter, scope);
    } catch (RequestException e) {
      if (e.code() == Code.NOT_FOUND || e.code() == Code.FAILED_PRECONDITION) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(new LogSize(counter.bytes, counter.lines));
  }

  private static <T> T await(Future<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("the server is stopping", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a log cannot be measured", e.getCause());
    }
  }

  private static final class Counter implements LogSink {

    private long bytes;
    private long lines;

    @Override
    public void write(byte[] chunk) {
      bytes += chunk.length;
      for (byte b : chunk) {
        if (b == '\n') {
          lines++;
        }
      }
    }
  }
}
