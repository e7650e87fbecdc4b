// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.helidon.logging.common.LogConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo: starts everything, says what to try, and stops everything. */
@Command(
    name = "demo/run",
    mixinStandardHelpOptions = true,
    description =
        "Starts Logbridge with a real PostgreSQL and a real Elasticsearch that hold a few days of"
            + " CI, until SIGTERM or Ctrl-C. The Loki and the Splunk that can be had instead are"
            + " those of Logbridge's tests, not real ones.")
public final class Main implements Callable<Integer> {

  private static final Duration STOP_CEILING = Duration.ofSeconds(60);

  private final CountDownLatch never = new CountDownLatch(1);

  @Option(
      names = "--backend",
      paramLabel = "STORE",
      description =
          "Of the logs: elasticsearch, a real one, by default; loki or splunk, those of the tests.",
      defaultValue = "elasticsearch")
  private String backend = "";

  @Option(names = "--port", paramLabel = "PORT", description = "Of gRPC and REST; any by default.")
  private int port;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "Size of the longest log; ${DEFAULT-VALUE} by default.",
      defaultValue = "" + DemoOptions.DEFAULT_LINES)
  private int lines;

  @Option(names = "--get-log", hidden = true, defaultValue = "./demo/get-log")
  private String getLog = "";

  private Main() {}

  /**
   * Runs the demo; ends with 2 for wrong usage, 1 if it cannot start, else as signals end a
   * process.
   */
  public static void main(String[] args) {
    LogConfig.configureRuntime();
    Thread main = Thread.currentThread();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  main.interrupt();
                  await(stopped);
                }));
    int status;
    try {
      status = new CommandLine(new Main()).execute(args);
    } finally {
      stopped.countDown();
    }
    System.exit(status);
  }

  @Override
  public Integer call() {
    DemoOptions options;
    try {
      options = new DemoOptions(Backend.named(backend), port, lines);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    System.out.println("Starting PostgreSQL and " + options.backend().title() + " ...");
    System.out.print(options.backend().note());
    Progress progress = new Progress(System.out::println);
    try (DemoEnvironment demo = DemoEnvironment.start(options, progress)) {
      progress.done("ready");
      System.out.println(new Guide(demo, getLog).text());
      never.await();
      return 0;
    } catch (InterruptedException _) {
      System.out.println("Stopped.");
      return 0;
    } catch (IOException e) {
      System.err.println("The demo cannot start: " + e.getMessage());
      return 1;
    }
  }

  private static void await(CountDownLatch stopped) {
    try {
      boolean _ = stopped.await(STOP_CEILING.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
