// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.time.Duration;

/**
 * How long after a client has cancelled its GetLog the store is rid of the request: from the call
 * of gRPC's {@code cancel} until the server has closed the request's connection, as a proxy before
 * the store sees it, which keeps back the answer or half of it.
 */
final class CancelBenchmark {

  private static final Duration CEILING = Duration.ofSeconds(30);
  private static final int WARM_UP = 30;

  private final Laboratory laboratory;
  private final SampleLog log;
  private final int repetitions;

  CancelBenchmark(Laboratory laboratory, SampleLog log, int repetitions) {
    this.laboratory = laboratory;
    this.log = log;
    this.repetitions = repetitions;
  }

  void run() throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say("cancel: %,d repetitions", repetitions);
    try (FaultProxy proxy = FaultProxy.start(laboratory.storeUri());
        ServerProcess server = laboratory.server(256, proxy.uri());
        LogClient client = new LogClient(server.port(), LogClient.LARGE_WINDOW)) {
      measure("before the answer", Fault.Break.STALL, proxy, client);
      measure("amid the answer", Fault.Break.STALL_IN_BODY, proxy, client);
    }
  }

  private void measure(String moment, Fault silence, FaultProxy proxy, LogClient client)
      throws InterruptedException {
    double[] millis = new double[repetitions];
    for (int i = -WARM_UP; i < repetitions; i++) {
      long nanos = closedAfterNanos(silence, proxy, client);
      if (i >= 0) {
        millis[i] = nanos / 1e6;
      }
    }
    Sample sample = Sample.of(millis);
    laboratory.say(
        "%s: the request is closed after p50 %.1f ms, p90 %.1f, p99 %.1f, max %.1f",
        moment, sample.median(), sample.percentile(90), sample.percentile(99), sample.max());
  }

  private long closedAfterNanos(Fault silence, FaultProxy proxy, LogClient client)
      throws InterruptedException {
    int faults = proxy.faults();
    proxy.inject(silence);
    LogCall call = client.open(log, Pace.FULL);
    require(proxy.awaitFaults(faults + 1, CEILING), "no request to the store");
    long start = System.nanoTime();
    call.cancel();
    require(proxy.awaitIdle(CEILING), "the request is still under way");
    long nanos = System.nanoTime() - start;
    LogCall.Received _ = call.end(CEILING);
    proxy.heal();
    return nanos;
  }

  private static void require(boolean happened, String otherwise) {
    if (!happened) {
      throw new IllegalStateException(otherwise + " after " + CEILING);
    }
  }
}
