// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One log, read whole: through the server, by a bare loop of searches that skims the answers, and
 * by one that parses them, in turns. All read from the same store; the server's bytes are verified
 * each time.
 */
final class ThroughputBenchmark {

  private static final Duration CEILING = Duration.ofMinutes(30);

  private final Laboratory laboratory;
  private final SampleLog log;
  private final int warmUps;
  private final int rounds;
  private final Checksum expected;

  /**
   * @param warmUps rounds before those that count, in which the JVMs compile
   */
  ThroughputBenchmark(Laboratory laboratory, SampleLog log, int warmUps, int rounds) {
    this.laboratory = laboratory;
    this.log = log;
    this.warmUps = warmUps;
    this.rounds = rounds;
    this.expected = log.checksum(Long.MAX_VALUE);
  }

  void run() throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say("throughput: %,d lines, %d rounds", log.lines(), rounds);
    try (ServerProcess server = laboratory.server(256);
        LogClient client = new LogClient(server.port(), LogClient.LARGE_WINDOW)) {
      Way getLog = new Way(server, () -> served(client));
      Way skimming = loop(server, BareLoop.Effort.SKIM);
      Way parsing = loop(server, BareLoop.Effort.PARSE);
      List<Way> ways = new ArrayList<>(List.of(getLog, skimming, parsing));
      for (int round = -warmUps; round < rounds; round++) {
        for (Way way : ways) {
          way.measure(round);
        }
        Collections.rotate(ways, 1); // none is always the one that comes after another
        laboratory.say(
            "%s GetLog %,.0f lines/s, loop that skims %,.0f, ratio %.3f, loop that parses %,.0f,"
                + " ratio %.3f",
            round < 0 ? "warm-up:" : "round " + (round + 1) + ":",
            getLog.last,
            skimming.last,
            getLog.last / skimming.last,
            parsing.last,
            getLog.last / parsing.last);
      }
      report("GetLog, lines/s", getLog);
      report("loop that skims, lines/s", skimming);
      report("loop that parses, lines/s", parsing);
      ratio("loop that skims", getLog, skimming);
      ratio("loop that parses", getLog, parsing);
      laboratory.say("server: %s", server.memory());
    }
  }

  private Way loop(ServerProcess server, BareLoop.Effort effort) {
    BareLoop loop = laboratory.largestPages(log, effort);
    return new Way(server, () -> looped(loop));
  }

  private void ratio(String what, Way getLog, Way loop) {
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ratios[i] = getLog.linesPerSecond[i] / loop.linesPerSecond[i];
    }
    Sample ratio = Sample.of(ratios);
    laboratory.say(
        "GetLog to the %s: ratio of medians %.3f; of the rounds: median %.3f, %.3f to %.3f",
        what,
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

  /** One of the ways to read the log, with what was measured of it. */
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
