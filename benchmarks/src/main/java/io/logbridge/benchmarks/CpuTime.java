// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.time.Duration;

/**
 * How long processors worked: a figure that other programs on the machine hardly change.
 *
 * @param store PostgreSQL, Elasticsearch, or what stands for another
 * @param server Logbridge
 * @param client this process, which is the gRPC client and the bare way
 */
record CpuTime(Duration store, Duration server, Duration client) {

  static final CpuTime ZERO = new CpuTime(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  static CpuTime of(ProcessHandle store, ProcessHandle server) {
    return new CpuTime(total(store), total(server), total(ProcessHandle.current()));
  }

  /** As {@link #of}, of a store that works in processes which the given one has started. */
  static CpuTime ofFamily(ProcessHandle store, ProcessHandle server) {
    Duration family = store.descendants().map(CpuTime::total).reduce(total(store), Duration::plus);
    return new CpuTime(family, total(server), total(ProcessHandle.current()));
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

  /** In microseconds for each of so many things. */
  String per(long count) {
    return "%.1f µs in the store, %.1f in the server, %.1f in the client"
        .formatted(micros(store, count), micros(server, count), micros(client, count));
  }

  private static double micros(Duration time, long count) {
    return time.toNanos() / 1e3 / count;
  }
}
