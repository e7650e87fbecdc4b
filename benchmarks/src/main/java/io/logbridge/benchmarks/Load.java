// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What so many clients got done that each ask again as soon as they have an answer.
 *
 * @param seconds that it took
 * @param millis of each call, in no order
 */
record Load(double seconds, List<Double> millis) {

  static final Load NONE = new Load(0, List.of());

  /**
   * Lets clients work for a while, each on a thread of its own.
   *
   * @param client what one client does again and again, and for which client that is
   */
  static Load of(int clients, Duration time, IntFunction<Runnable> client) {
    List<CompletableFuture<List<Double>>> running = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        Runnable call = client.apply(i);
        running.add(
            CompletableFuture.supplyAsync(() -> work(call, start + time.toNanos()), threads));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    List<Double> millis = running.stream().flatMap(one -> one.join().stream()).toList();
    return new Load(seconds, millis);
  }

  /**
   * Lets clients work for a while without a thread for each: a client begins its next call on the
   * thread that has completed the one before.
   *
   * @param client what one client does again and again, and for which client that is
   */
  static Load ofAsync(
      int clients, Duration time, IntFunction<Supplier<CompletableFuture<Void>>> client) {
    long start = System.nanoTime();
    List<AsyncLoop> running = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      AsyncLoop loop = new AsyncLoop(client.apply(i), start + time.toNanos());
      loop.next();
      running.add(loop);
    }
    List<Double> millis = running.stream().flatMap(loop -> loop.all.join().stream()).toList();
    return new Load((System.nanoTime() - start) / 1e9, millis);
  }

  /** One client; its calls come one after the other. */
  private static final class AsyncLoop {
    private final Supplier<CompletableFuture<Void>> call;
    private final long end;
    private final List<Double> millis = new ArrayList<>();
    private final CompletableFuture<List<Double>> all = new CompletableFuture<>();

    AsyncLoop(Supplier<CompletableFuture<Void>> call, long end) {
      this.call = call;
      this.end = end;
    }

    void next() {
      long begin = System.nanoTime();
      if (begin - end >= 0) {
        all.complete(millis);
        return;
      }
      CompletableFuture<Void> _ = call.get().whenComplete((_, failure) -> ended(begin, failure));
    }

    private void ended(long begin, @Nullable Throwable failure) {
      if (failure != null) {
        all.completeExceptionally(failure);
        return;
      }
      millis.add((System.nanoTime() - begin) / 1e6);
      next();
    }
  }

  private static List<Double> work(Runnable call, long end) {
    List<Double> millis = new ArrayList<>();
    for (long begin = System.nanoTime(); begin - end < 0; ) {
      call.run();
      long now = System.nanoTime();
      millis.add((now - begin) / 1e6);
      begin = now;
    }
    return millis;
  }

  double callsPerSecond() {
    return millis.size() / seconds;
  }

  /** How long the calls took, in milliseconds. */
  Sample durations() {
    return Sample.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Both, as if one had followed the other. */
  Load plus(Load other) {
    return new Load(
        seconds + other.seconds, Stream.concat(millis.stream(), other.millis.stream()).toList());
  }
}
