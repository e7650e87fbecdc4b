// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.EmptyLog;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogQuery;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logbridge explain NAME}: shows what the log store would be asked. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the queries that a server with this configuration would send for a log, container by"
          + " container, to be sent by hand. Reads no log.",
      "The exit status is 0, 1 if there is no such log or something fails, 2 for wrong usage."
    })
final class ExplainCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "PARENT/results/RESULT/logs/UID")
  private String name = "";

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration, as for serve.")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    if (spec == null) {
      throw new IllegalStateException("called without picocli");
    }
    AdapterConfig loaded = ConfigLoader.load(config, System.getenv());
    try (LogBackend backend = loaded.backend()) {
      run(loaded, backend, name, spec.commandLine().getOut());
      return 0;
    } catch (RequestException | LogBackendException e) {
      spec.commandLine().getErr().println("logbridge: " + e.getMessage());
      return 1;
    }
  }

  /**
   * Prints the queries of a log.
   *
   * @throws RequestException if the run or its log cannot be found
   * @throws LogBackendException if the store does not say what it has to be asked
   */
  static void run(AdapterConfig config, LogBackend backend, String name, PrintWriter out)
      throws InterruptedException {
    LogPlan plan = plan(config, backend, LogName.parse(name));
    for (LogQuery query : plan.queries()) {
      out.printf(
          "# %s of pod %s, from %s to %s%n",
          query.container().container(),
          query.container().pod(),
          query.range().start(),
          query.range().end() == null ? "now" : query.range().end());
      out.println(backend.explain(query, Deadline.after(config.guard().requestTimeout())));
    }
    EmptyLog.older(backend, plan, Deadline.after(config.guard().requestTimeout()))
        .ifPresent(
            older -> out.println("# none of it will be found: " + backend.type() + " " + older));
    out.flush();
  }

  private static LogPlan plan(AdapterConfig config, LogBackend backend, LogName name) {
    try (Database database = Database.open(config.database().asItIs())) {
      LogService logs = new LogService(database, backend, config.logs(), Clock.systemUTC());
      return logs.plan(name, LogOptions.NONE, new CallScope(Deadline.never()));
    }
  }
}
