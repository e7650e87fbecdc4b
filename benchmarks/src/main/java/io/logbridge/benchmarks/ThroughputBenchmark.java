// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.time.Duration;

/**
 * One log, read whole: through the server, and by a bare loop of searches, in turns. Both read from
 * the same store; the server's bytes are verified each time.
 */
final class ThroughputBenchmark {

  private static final Duration CEILING = Duration.ofMinutes(30);
  private static final int WARM_UP_ROUNDS = 2;

  private final Laboratory laboratory;
  private final SampleLog log;
  private final int rounds;
  private final Checksum expected;

  ThroughputBenchmark(Laboratory laboratory, SampleLog log, int rounds) {
    this.laboratory = laboratory;
    this.log = log;
    this.rounds = rounds;
    this.expected = log.checksum(Long.MAX_VALUE);
  }

  void run() throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say("throughput: %,d lines, %d rounds", log.lines(), rounds);
    try (ServerProcess server = laboratory.server(256);
        LogClient client = new LogClient(server.port(), LogClient.LARGE_WINDOW)) {
      Way getLog = new Way(server, () -> served(client));
      BareLoop bareLoop = laboratory.largestPages(log);
      Way loop = new Way(server, () -> looped(bareLoop));
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        // Neither is always the one that comes after the other.
        (round % 2 == 0 ? getLog : loop).measure(round);
        (round % 2 == 0 ? loop : getLog).measure(round);
        laboratory.say(
            "%s GetLog %,.0f lines/s, loop %,.0f lines/s, ratio %.3f",
            round < 0 ? "warm-up:" : "round " + (round + 1) + ":",
            getLog.last,
            loop.last,
            getLog.last / loop.last);
      }
      report(getLog, loop);
      laboratory.say("server: %s", server.memory());
    }
  }

  private void report(Way getLog, Way loop) {
    report("GetLog, lines/s", getLog);
    report("bare loop, lines/s", loop);
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ratios[i] = getLog.linesPerSecond[i] / loop.linesPerSecond[i];
    }
    Sample ratio = Sample.of(ratios);
    laboratory.say(
        "ratio of medians %.3f; of the rounds: median %.3f, %.3f to %.3f",
        Sample.of(getLog.linesPerSecond).median() / Sample.of(loop.linesPerSecond).median(),
        ratio.median(),
        ratio.min(),
        ratio.max());
  }

  private void report(String what, Way way) {
    Sample sample = Sample.of(way.linesPerSecond);
    laboratory.say(
        "%s: median %,.0f, %,.0f to %,.0f (%.1f MB/s); processors: %s a line",
        what,
        sample.median(),
        sample.min(),
        sample.max(),
        sample.median() * SampleLog.AVERAGE_LINE_BYTES / 1e6,
        way.cpu.per((long) log.lines() * rounds));
  }

  /** Reads the log once and returns how many seconds it took. */
  @FunctionalInterface
  private interface Reading {
    double seconds() throws IOException, InterruptedException;
  }

  /** One of the two ways to read the log, with what was measured of it. */
  private final class Way {

    private final ServerProcess server;
    private final Reading reading;
    private final double[] linesPerSecond = new double[rounds];
    private CpuTime cpu = CpuTime.ZERO;
    private double last;

    Way(ServerProcess server, Reading reading) {
      this.server = server;
      this.reading = reading;
    }

    void measure(int round) throws IOException, InterruptedException {
      CpuTime before = laboratory.cpu(server);
      last = log.lines() / reading.seconds();
      if (round >= 0) {
        linesPerSecond[round] = last;
        cpu = cpu.plus(laboratory.cpu(server).minus(before));
      }
    }
  }

  private double served(LogClient client) throws InterruptedException {
    LogCall.Received received = client.open(log, Pace.FULL).end(CEILING);
    received.checksum().verify(expected);
    return received.seconds();
  }

  private static double looped(BareLoop loop) throws IOException, InterruptedException {
    long start = System.nanoTime();
    loop.readAll();
    return (System.nanoTime() - start) / 1e9;
  }
}
