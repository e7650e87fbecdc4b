// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts what the benchmarks need, runs them, and stops everything. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Measures Logbridge against a log store and a database on this machine.")
public final class Benchmarks implements Callable<Integer> {

  private static final long GIBIBYTE = 1L << 30;
  private static final long TEN_MEBIBYTES = 10L << 20;
  private static final int SMALL_LOGS = 8;
  private static final Instant EVENING = Instant.parse("2026-08-20T23:30:00Z");

  /** What can be measured. */
  enum Benchmark {
    THROUGHPUT,
    FIRST_BYTE,
    MEMORY,
    CANCEL,
    FACES,
    RECORDS,
    GROWTH,
    GATE,
    ALL,
  }

  /** Those for which a store with logs is needed. */
  private static final Set<Benchmark> LOGS =
      EnumSet.of(Benchmark.THROUGHPUT, Benchmark.FIRST_BYTE, Benchmark.MEMORY, Benchmark.CANCEL);

  @Parameters(
      arity = "0..*",
      defaultValue = "all",
      description =
          "throughput, first-byte, memory, cancel, faces, records, growth, gate, or all (the"
              + " default).")
  private List<Benchmark> what = List.of();

  @Option(names = "--lines", description = "Of the large log; by default as many as 1 GiB has.")
  private int lines = SampleLog.linesOf(GIBIBYTE) + 5_000;

  @Option(names = "--round-lines", description = "Of the log of a throughput round.")
  private int roundLines = 1_000_000;

  @Option(
      names = "--rounds",
      description = "Of throughput, records and the gate, besides those to warm up.")
  private int rounds = 9;

  @Option(names = "--warm-up", description = "Rounds of throughput before those that count.")
  private int warmUps = 2;

  @Option(
      names = "--repetitions",
      description = "Of the first byte and of cancelling, besides 30 to warm up.")
  private int repetitions = 100;

  @Option(names = "--streams", description = "At once.")
  private int streams = 200;

  @Option(names = "--stream-lines", description = "Of each; by default as many as 10 MiB has.")
  private int streamLines = SampleLog.linesOf(TEN_MEBIBYTES) + 50;

  @Option(names = "--duration", description = "Of the slow reader at most, as in PT5M.")
  private Duration duration = Duration.ofMinutes(20);

  @Option(names = "--records", description = "In the table.")
  private int records = 100_000;

  @Option(
      names = "--store",
      description = "elasticsearch (the default); loki or splunk: those of the tests.")
  private Store.Kind store = Store.Kind.ELASTICSEARCH;

  @Option(names = "--heap", description = "Of the store, in MiB.")
  private int heap = 2048;

  @Spec private @Nullable CommandSpec spec;

  private final PrintStream out;

  private Benchmarks(PrintStream out) {
    this.out = out;
  }

  /** The exit status is 0 if all went well and every byte was right. */
  public static void main(String[] args) {
    int status =
        new CommandLine(new Benchmarks(System.out))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Benchmark.class, Benchmarks::benchmark)
            .execute(args);
    System.exit(status);
  }

  private static Benchmark benchmark(String text) {
    return Benchmark.valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Set<Benchmark> wanted =
        what.contains(Benchmark.ALL) ? EnumSet.allOf(Benchmark.class) : EnumSet.copyOf(what);
    if (wanted.contains(Benchmark.RECORDS)) {
      new RecordsBenchmark(out, records, rounds).run();
    }
    if (wanted.contains(Benchmark.GROWTH)) {
      new GrowthBenchmark(out).run();
    }
    if (wanted.contains(Benchmark.GATE)) {
      new GateBenchmark(out, rounds).run();
    }
    if (LOGS.stream().anyMatch(wanted::contains)) {
      logs(wanted);
    }
    return 0;
  }

  private void logs(Set<Benchmark> wanted) throws IOException, InterruptedException {
    int fewest = SampleLog.linesOf(2L * MemoryBenchmark.STALLED);
    if (spec != null && wanted.contains(Benchmark.MEMORY) && streamLines < fewest) {
      throw new ParameterException(
          spec.commandLine(),
          "--stream-lines: \"%d\" (expected: at least %d, since readers stall amid them)"
              .formatted(streamLines, fewest));
    }
    SampleLog round = new SampleLog("round-pod", roundLines, EVENING);
    SampleLog large = new SampleLog("large-pod", lines, EVENING);
    List<SampleLog> small = new ArrayList<>();
    for (int i = 0; i < SMALL_LOGS; i++) {
      small.add(new SampleLog("small-pod-" + i, streamLines, EVENING.plusSeconds(i)));
    }
    try (Laboratory laboratory = Laboratory.open(store, heap, out)) {
      boolean memory = wanted.contains(Benchmark.MEMORY);
      List<SampleLog> logs = new ArrayList<>(List.of(round));
      if (memory) {
        logs.addAll(small);
        logs.add(large);
      }
      laboratory.load(logs);
      if (wanted.contains(Benchmark.FIRST_BYTE)) {
        new FirstByteBenchmark(laboratory, round, repetitions).run();
      }
      if (wanted.contains(Benchmark.THROUGHPUT)) {
        new ThroughputBenchmark(laboratory, round, warmUps, rounds).run();
      }
      if (wanted.contains(Benchmark.FACES)) {
        new FaceBenchmark(laboratory, round, repetitions).run();
      }
      if (wanted.contains(Benchmark.CANCEL)) {
        new CancelBenchmark(laboratory, round, repetitions).run();
      }
      if (memory) {
        memory(new MemoryBenchmark(laboratory), large, small);
      }
    }
  }

  private void memory(MemoryBenchmark memory, SampleLog large, List<SampleLog> small)
      throws IOException, InterruptedException {
    memory.large(large);
    memory.many(small, streams, false);
    memory.many(small, streams, true);
    memory.oneByOne(small, streams);
    memory.slow(large, duration);
  }
}
