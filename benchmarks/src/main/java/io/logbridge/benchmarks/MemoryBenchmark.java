// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A large log, a slow reader, and many streams at once: every byte verified, memory measured. */
final class MemoryBenchmark {

  private static final int SMALL_HEAP = 256;
  private static final int LARGE_HEAP = 512;
  private static final int CONNECTIONS = 4;
  private static final long SLOW = 1_000_000;

  /** Bytes after which a reader stalls that has come one by one. */
  static final int STALLED = 3 << 20;

  private static final Duration CEILING = Duration.ofMinutes(40);
  private static final Duration HALT = Duration.ofSeconds(60);

  private final Laboratory laboratory;

  MemoryBenchmark(Laboratory laboratory) {
    this.laboratory = laboratory;
  }

  /** One log as fast as it goes. */
  void large(SampleLog log) throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say("one log of %,d lines at full speed, -Xmx%dm", log.lines(), SMALL_HEAP);
    try (ServerProcess server = laboratory.server(SMALL_HEAP);
        LogClient client = new LogClient(server.port(), LogClient.LARGE_WINDOW)) {
      LogCall.Received received = client.open(log, Pace.FULL).end(CEILING);
      received.checksum().verify(log.checksum(Long.MAX_VALUE));
      report(received.checksum().bytes(), received.seconds(), server);
    }
  }

  /**
   * One log at a megabyte a second.
   *
   * @param duration after which the reader leaves if the log has not ended
   */
  void slow(SampleLog log, Duration duration) throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say(
        "the same log to a reader of 1 MB/s for at most %s, -Xmx%dm", duration, SMALL_HEAP);
    try (ServerProcess server = laboratory.server(SMALL_HEAP);
        LogClient client = new LogClient(server.port(), LogClient.SMALL_WINDOW)) {
      LogCall call = client.open(log, Pace.bytesPerSecond(SLOW));
      after(duration, call::cancel);
      LogCall.Received received = call.end(duration.plus(CEILING));
      received.checksum().verify(log.checksum(received.checksum().bytes()));
      report(received.checksum().bytes(), received.seconds(), server);
    }
  }

  /**
   * Many streams at once.
   *
   * @param halted whether all readers stop after their first message for a minute, so that every
   *     stream holds all that it ever holds at the same time
   */
  void many(List<SampleLog> logs, int streams, boolean halted)
      throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say(
        "%d streams of %,d lines at once%s, -Xmx%dm",
        streams,
        logs.getFirst().lines(),
        halted ? ", all readers halting for " + HALT.toSeconds() + " s" : "",
        LARGE_HEAP);
    List<Checksum> expected = logs.stream().map(log -> log.checksum(Long.MAX_VALUE)).toList();
    List<LogClient> clients = new ArrayList<>();
    try (ServerProcess server = laboratory.server(LARGE_HEAP)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(new LogClient(server.port(), LogClient.SMALL_WINDOW));
      }
      long start = System.nanoTime();
      List<LogCall> calls = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        LogClient client = clients.get(i % CONNECTIONS);
        calls.add(client.open(logs.get(i % logs.size()), halted ? Pace.HALTED : Pace.FULL));
      }
      if (halted) {
        halt(calls);
      }
      report(verifiedBytes(calls, expected), (System.nanoTime() - start) / 1e9, server);
    } finally {
      clients.forEach(LogClient::close);
    }
  }

  /**
   * Streams that come one by one and stall one by one, each when it has read enough to be given
   * large pages, so that the ones before hold as much as they can when the next one comes. Then all
   * of them go on to their end.
   */
  void oneByOne(List<SampleLog> logs, int streams) throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say(
        "%d streams of %,d lines that come one by one and stall after %,d bytes, -Xmx%dm",
        streams, logs.getFirst().lines(), STALLED, LARGE_HEAP);
    List<Checksum> expected = logs.stream().map(log -> log.checksum(Long.MAX_VALUE)).toList();
    List<LogClient> clients = new ArrayList<>();
    try (ServerProcess server = laboratory.server(LARGE_HEAP)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(new LogClient(server.port(), LogClient.SMALL_WINDOW));
      }
      long start = System.nanoTime();
      List<LogCall> calls = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        LogCall call =
            clients.get(i % CONNECTIONS).open(logs.get(i % logs.size()), Pace.haltedAfter(STALLED));
        call.awaitHalt(CEILING);
        calls.add(call);
      }
      laboratory.say("all stalled after %.1f s", (System.nanoTime() - start) / 1e9);
      laboratory.say("server: %s", server.memory());
      calls.forEach(LogCall::resume);
      report(verifiedBytes(calls, expected), (System.nanoTime() - start) / 1e9, server);
    } finally {
      clients.forEach(LogClient::close);
    }
  }

  /** Waits for the ends of calls for logs that take turns. */
  private static long verifiedBytes(List<LogCall> calls, List<Checksum> expected)
      throws InterruptedException {
    long bytes = 0;
    for (int i = 0; i < calls.size(); i++) {
      Checksum checksum = calls.get(i).end(CEILING).checksum();
      checksum.verify(expected.get(i % expected.size()));
      bytes += checksum.bytes();
    }
    return bytes;
  }

  private void halt(List<LogCall> calls) throws InterruptedException {
    for (LogCall call : calls) {
      call.firstNanos(CEILING);
    }
    CompletableFuture<Void> over = new CompletableFuture<>();
    after(HALT, () -> over.complete(null));
    over.join();
    calls.forEach(LogCall::resume);
  }

  private static void after(Duration duration, Runnable what) {
    CompletableFuture.delayedExecutor(duration.toMillis(), TimeUnit.MILLISECONDS).execute(what);
  }

  private void report(long bytes, double seconds, ServerProcess server) throws IOException {
    laboratory.say(
        "%,d bytes verified in %.1f s (%.1f MB/s)", bytes, seconds, bytes / seconds / 1e6);
    laboratory.say("server: %s", server.memory());
  }
}
