// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.time.Duration;

/**
 * How soon the first message of a log is there, against the first page of a bare loop: one as large
 * as the store has them, as one asks for when all are wanted, and one of 500.
 */
final class FirstByteBenchmark {

  private static final Duration CEILING = Duration.ofMinutes(1);
  private static final int SMALL = 500;
  private static final int WARM_UP = 30;
  private static final int WAYS = 3;

  private final Laboratory laboratory;
  private final SampleLog log;
  private final int repetitions;

  FirstByteBenchmark(Laboratory laboratory, SampleLog log, int repetitions) {
    this.laboratory = laboratory;
    this.log = log;
    this.repetitions = repetitions;
  }

  void run() throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say("first byte: %,d repetitions on a log of %,d lines", repetitions, log.lines());
    BareLoop large = laboratory.largestPages(log, BareLoop.Effort.SKIM);
    BareLoop small = laboratory.bareLoop(log, SMALL);
    double[][] millis = new double[WAYS][repetitions];
    try (ServerProcess server = laboratory.server(256);
        LogClient client = new LogClient(server.port(), LogClient.LARGE_WINDOW)) {
      for (int i = -WARM_UP; i < repetitions; i++) {
        for (int turn = 0; turn < WAYS; turn++) {
          int way = Math.floorMod(i + turn, WAYS);
          long nanos =
              switch (way) {
                case 0 -> firstMessage(client, log);
                case 1 -> large.firstPageNanos();
                default -> small.firstPageNanos();
              };
          if (i >= 0) {
            millis[way][i] = nanos / 1e6;
          }
        }
      }
    }
    Sample served = Sample.of(millis[0]);
    report("GetLog, first message", served, served);
    report("loop, largest page", Sample.of(millis[1]), served);
    report("loop, page of 500", Sample.of(millis[2]), served);
  }

  /** Reads a log until its first message is there, and returns how long that took. */
  static long firstMessage(LogClient client, SampleLog log) throws InterruptedException {
    LogCall call = client.open(log, Pace.HALTED);
    long nanos = call.firstNanos(CEILING);
    call.cancel();
    LogCall.Received received = call.end(CEILING);
    received.checksum().verify(log.checksum(received.checksum().bytes()));
    return nanos;
  }

  private void report(String what, Sample sample, Sample served) {
    laboratory.say(
        "%s: p50 %.1f ms, p90 %.1f, p99 %.1f, max %.1f; GetLog takes %.2f of it (p50), %.2f (p99)",
        what,
        sample.median(),
        sample.percentile(90),
        sample.percentile(99),
        sample.max(),
        served.median() / sample.median(),
        served.percentile(99) / sample.percentile(99));
  }
}
