// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One of several ways to the same records, with what was measured of it. */
final class RecordsWay {

  static final Duration TURN = Duration.ofSeconds(2);

  /** The compilers of the JVMs have to share the processors with everything else. */
  private static final int MOST_WARM_UPS = 40;

  /** So many turns in a row without a gain are taken for the end of it. */
  private static final int STEADY_TURNS = 3;

  private static final double GAIN = 1.03;

  private final String name;
  private final ServerProcess server;
  private final ProcessHandle postgres;
  private final Function<Duration, Load> clients;
  private final List<Double> turns = new ArrayList<>();
  private Load all = Load.NONE;
  private CpuTime cpu = CpuTime.ZERO;

  /**
   * A way that has not been gone yet.
   *
   * @param clients lets them work for so long
   */
  RecordsWay(
      String name, ServerProcess server, ProcessHandle postgres, Function<Duration, Load> clients) {
    this.name = name;
    this.server = server;
    this.postgres = postgres;
    this.clients = clients;
  }

  /**
   * Goes it until it no longer gets faster.
   *
   * @return for how many seconds
   */
  double warmUp() {
    double fastest = 0;
    int steady = 0;
    int tried = 0;
    while (steady < STEADY_TURNS && tried < MOST_WARM_UPS) {
      double now = clients.apply(TURN).callsPerSecond();
      steady = now > GAIN * fastest ? 0 : steady + 1;
      fastest = Math.max(fastest, now);
      tried++;
    }
    return TURN.toSeconds() * (double) tried;
  }

  /** One turn. */
  void measure() {
    CpuTime before = CpuTime.ofFamily(postgres, server.processHandle());
    Load load = clients.apply(TURN);
    cpu = cpu.plus(CpuTime.ofFamily(postgres, server.processHandle()).minus(before));
    all = all.plus(load);
    turns.add(load.callsPerSecond());
  }

  /** The ratios of the calls per second, turn by turn; of both as many must have been measured. */
  Sample against(RecordsWay other) {
    return Sample.of(
        IntStream.range(0, turns.size())
            .mapToDouble(turn -> turns.get(turn) / other.turns.get(turn))
            .toArray());
  }

  String name() {
    return name;
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
