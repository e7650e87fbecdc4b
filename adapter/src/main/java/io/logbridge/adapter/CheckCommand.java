// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.ClusterCheck;
import io.logbridge.adapter.auth.FrontProxies;
import io.logbridge.adapter.check.Checkup;
import io.logbridge.adapter.check.Finding;
import io.logbridge.adapter.check.Probe;
import io.logbridge.adapter.check.RecentLogsProbe;
import io.logbridge.adapter.check.StoreProbe;
import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.RunStore;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.adapter.tls.ServerTls;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.backend.LogBackend;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code logbridge check}: looks at all that a server needs, and says what is wrong. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at all that a server with this configuration needs: database, Kubernetes, log store,"
          + " and lines of recent runs. Changes nothing.",
      "The exit status is 0 if a server would work, 1 if not, 2 for wrong usage."
    })
final class CheckCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration, as for serve.")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    AdapterConfig loaded = ConfigLoader.load(config, System.getenv());
    try (LogBackend backend = loaded.backend()) {
      return run(loaded, backend, out()) ? 0 : 1;
    }
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("called without picocli");
    }
    return spec.commandLine().getOut();
  }

  /** Returns whether a server would work. */
  static boolean run(AdapterConfig config, LogBackend backend, PrintWriter out)
      throws InterruptedException {
    Checkup checkup = new Checkup(out);
    String unused = StartWarnings.unused(config).map("; "::concat).orElse("");
    checkup.look("configuration", () -> Finding.ok("every key is known" + unused));
    checkup.look("TLS", () -> tls(config.server().tls()));
    checkup.look("callers", () -> callers(config.auth()));
    boolean store =
        config.hasLogStore()
            && checkup.look("log store", new StoreProbe(backend, config.guard().requestTimeout()));
    try (Database database = openOrNull(config, checkup)) {
      if (database != null && store) {
        checkup.look("recent logs", recentLogs(config, database, backend));
      }
    }
    return checkup.isHealthy();
  }

  private static Finding tls(@Nullable TlsSettings settings) {
    if (settings == null) {
      return Finding.warning("server.tls is not set: whoever is on the way can read");
    }
    ServerTls.open(settings, null).close();
    return Finding.ok("the certificate and its key can be used");
  }

  private static Finding callers(AuthConfig auth) {
    return switch (auth) {
      case AuthConfig.None _ -> Finding.warning("auth.mode is none: everybody can read every log");
      case AuthConfig.Kubernetes kubernetes -> {
        ClusterCheck.run(kubernetes);
        FrontProxies.check(kubernetes);
        yield Finding.ok("the Kubernetes API reviews tokens and rights for us");
      }
    };
  }

  private static @Nullable Database openOrNull(AdapterConfig config, Checkup checkup)
      throws InterruptedException {
    @Nullable Database[] opened = new Database[1];
    checkup.look(
        "database",
        () -> {
          opened[0] = Database.open(config.database().asItIs());
          return Finding.ok(config.database().url() + " has the tables of Tekton Results");
        });
    return opened[0];
  }

  private static Probe recentLogs(AdapterConfig config, Database database, LogBackend backend) {
    if (backend.asksAsCaller()) {
      return () ->
          Finding.warning(
              "no log was looked for: " + backend.type() + " is asked with the tokens of callers");
    }
    RunStore runs = new RunStore(database);
    LogService logs = new LogService(database, backend, config.logs(), Clock.systemUTC());
    return new RecentLogsProbe(runs, logs, backend, config.guard().requestTimeout());
  }
}
