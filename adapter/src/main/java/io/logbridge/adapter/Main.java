// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.helidon.logging.common.LogConfig;
import io.logbridge.backend.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code logbridge}: the command line. */
@Command(
    name = "logbridge",
    mixinStandardHelpOptions = true,
    description = "The Tekton Results log API on top of Elasticsearch, Loki or Splunk.",
    subcommands = {ServeCommand.class, CheckCommand.class, ExplainCommand.class, LogsCommand.class})
public final class Main {

  private Main() {}

  /** Runs a command; the exit status is 0, 2 for wrong usage, 1 for anything else. */
  public static void main(String[] args) {
    LogConfig.configureRuntime();
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
