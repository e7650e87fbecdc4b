// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.time.Duration;
import java.util.function.IntFunction;

/** One of several ways to the same records, with what was measured of it. */
final class RecordsWay {

  static final Duration TURN = Duration.ofSeconds(2);

  /** The server's compiler has to share the processors with everything else. */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final int clients;
  private final ServerProcess server;
  private final ProcessHandle postgres;
  private final IntFunction<Runnable> client;
  private Load all = Load.NONE;
  private CpuTime cpu = CpuTime.ZERO;

  RecordsWay(
      int clients, ServerProcess server, ProcessHandle postgres, IntFunction<Runnable> client) {
    this.clients = clients;
    this.server = server;
    this.postgres = postgres;
    this.client = client;
  }

  void warmUp() {
    Load.of(clients, WARM_UP, client);
  }

  /** One turn; returns its calls per second. */
  double measure() {
    CpuTime before = CpuTime.ofFamily(postgres, server.processHandle());
    Load load = Load.of(clients, TURN, client);
    cpu = cpu.plus(CpuTime.ofFamily(postgres, server.processHandle()).minus(before));
    all = all.plus(load);
    return load.callsPerSecond();
  }

  int clients() {
    return clients;
  }

  /** Over all turns. */
  double callsPerSecond() {
    return all.callsPerSecond();
  }

  double medianMillis() {
    return all.durations().median();
  }

  /** What the server's processors spent on each call, in microseconds. */
  double serverMicros() {
    return cpu.server().toNanos() / 1e3 / all.millis().size();
  }

  @Override
  public String toString() {
    Sample millis = all.durations();
    return "%,.0f calls/s; p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms; processors: %s"
        .formatted(
            all.callsPerSecond(),
            millis.median(),
            millis.percentile(90),
            millis.percentile(99),
            millis.permille(999),
            cpu.per(all.millis().size()));
  }
}
