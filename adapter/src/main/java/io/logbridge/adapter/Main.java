// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.helidon.logging.common.LogConfig;
import io.logbridge.backend.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code logbridge}: the command line. */
@Command(
    name = "logbridge",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "The Tekton Results log API on top of Elasticsearch, Loki or Splunk.",
    subcommands = {ServeCommand.class, CheckCommand.class, ExplainCommand.class, LogsCommand.class})
public final class Main {

  /**
   * How many bytes the JDK's client of HTTP receives at once: 16 KiB by itself, which costs a hand
   * over between threads for each.
   *
   * @see <a
   *     href="https://docs.oracle.com/en/java/javase/25/docs/api/java.net.http/module-summary.html">java.net.http</a>
   */
  private static final String RECEIVED_AT_ONCE = "jdk.httpclient.bufsize";

  private Main() {}

  /** The version in the manifest of the jar; there is none where classes are run as they are. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"logbridge " + (version == null ? "(unpackaged)" : version)};
    }
  }

  /** Runs a command; the exit status is 0, 2 for wrong usage, 1 for anything else. */
  public static void main(String[] args) {
    LogConfig.configureRuntime();
    // Before the first client is made; what was given on the command line stays.
    System.getProperties().putIfAbsent(RECEIVED_AT_ONCE, "65536");
    int status =
        new CommandLine(new Main()).setExecutionExceptionHandler(Main::report).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int report(Exception e, CommandLine command, CommandLine.ParseResult arguments)
      throws Exception {
    if (!(e instanceof SettingsException)) {
      throw e;
    }
    command.getErr().println("logbridge: " + e.getMessage());
    return 1;
  }
}
