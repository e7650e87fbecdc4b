// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.time.Duration;

/**
 * How long processors worked: a figure that other programs on the machine hardly change.
 *
 * @param store Elasticsearch, or what stands for another
 * @param server Logbridge
 * @param client this process, which is the gRPC client and the bare loop
 */
record CpuTime(Duration store, Duration server, Duration client) {

  static final CpuTime ZERO = new CpuTime(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  static CpuTime of(ProcessHandle store, ProcessHandle server) {
    return new CpuTime(total(store), total(server), total(ProcessHandle.current()));
  }

  private static Duration total(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  CpuTime plus(CpuTime other) {
    return new CpuTime(
        store.plus(other.store), server.plus(other.server), client.plus(other.client));
  }

  CpuTime minus(CpuTime other) {
    return new CpuTime(
        store.minus(other.store), server.minus(other.server), client.minus(other.client));
  }

  /** In microseconds for each of so many lines. */
  String perLine(long lines) {
    return "%.1f µs in the store, %.1f in the server, %.1f in the client"
        .formatted(micros(store, lines), micros(server, lines), micros(client, lines));
  }

  private static double micros(Duration time, long lines) {
    return time.toNanos() / 1e3 / lines;
  }
}
