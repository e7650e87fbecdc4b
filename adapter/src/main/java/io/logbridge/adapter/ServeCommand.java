// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.trace.Traces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code logbridge serve}: runs the server until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the server until SIGTERM or Ctrl-C.")
final class ServeCommand implements Callable<Integer> {

  private static final Logger LOG = System.getLogger(ServeCommand.class.getName());

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration, in YAML. LOGBRIDGE_* environment variables override it; without a"
              + " file they have to hold everything.")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    AdapterConfig loaded = ConfigLoader.load(config, System.getenv());
    ServerLog.set(loaded.server().log());
    Traces.Installation traces = Traces.fromEnvironment();
    LogbridgeServer server = LogbridgeServer.start(loaded);
    LOG.log(
        Level.INFO,
        "serving gRPC and REST on port {0}, metrics and health on port {1}; logs from {2}",
        Integer.toString(server.port()),
        Integer.toString(server.operationsPort()),
        server.backend());
    StartWarnings.unused(loaded).ifPresent(text -> LOG.log(Level.INFO, text));
    StartWarnings.of(loaded, server.port()).ifPresent(text -> LOG.log(Level.WARNING, text));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> {
                  server.close();
                  traces.close();
                  stopped.countDown();
                }));
    stopped.await();
    return 0;
  }
}
