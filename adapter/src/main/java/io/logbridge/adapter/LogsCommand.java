// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.reader.Credentials;
import io.logbridge.adapter.reader.LogReader;
import io.logbridge.adapter.reader.LogRequest;
import io.logbridge.adapter.reader.ReaderException;
import io.logbridge.adapter.reader.Trust;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logbridge logs NAME}: prints the log of a run. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the log of a TaskRun or PipelineRun.",
      "The exit status is 0 if the log is complete, 1 if it is not, 2 for wrong usage."
    })
final class LogsCommand implements Callable<Integer> {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_-]+/results/[a-z0-9_-]+/(logs|records)/[a-z0-9_-]+");
  private static final Pattern SERVER = Pattern.compile("https?://[^/?#]+(/[^?#]*)?");

  private static final String TOKEN = "TEKTON_RESULTS_TOKEN";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "PARENT/results/RESULT/logs/UID")
  private String name = "";

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:TEKTON_RESULTS_SERVER:-http://127.0.0.1:8080}",
      description =
          "Where Logbridge is; TEKTON_RESULTS_SERVER or http://127.0.0.1:8080 if not given.")
  private URI server = URI.create("");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the bearer token; TEKTON_RESULTS_TOKEN holds it if there is no file.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--context",
      description = {
        "Of the kubeconfig, whose user asks: by a token, a certificate or a plugin.",
        "Over https that of the current context is taken where no token is given."
      })
  private @Nullable String context;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Certificates in PEM that are trusted; those of the platform if not given.")
  private @Nullable Path caFile;

  @Option(
      names = {"-c", "--container"},
      description = "Only this container or step; may be repeated.")
  private List<String> containers = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Wait for what a running run has yet to write.")
  private boolean follow;

  @Option(names = "--events", description = "With the events of the run among the lines.")
  private boolean events;

  @Option(names = "--tail", paramLabel = "N", description = "Only so many lines of the end.")
  private @Nullable String tail;

  @Option(
      names = "--since-time",
      paramLabel = "TIME",
      description = "Only lines written then or later (RFC 3339).")
  private @Nullable String sinceTime;

  @Option(
      names = "--since-seconds",
      paramLabel = "N",
      description = "Only lines of the last so many seconds.")
  private @Nullable String sinceSeconds;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only lines written before (RFC 3339).")
  private @Nullable String until;

  @Option(
      names = "--stream",
      paramLabel = "All|Stdout|Stderr",
      description = "Only lines that were written to this output.")
  private @Nullable String stream;

  @Option(names = "--timestamps", description = "Begin each line with the time of its writing.")
  private boolean timestamps;

  @Option(
      names = "--prefix",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Begin each line with its step, as is done if not told otherwise.")
  private boolean prefix;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, or json: an object for each line.")
  private Output output = Output.text;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto (on a terminal, unless NO_COLOR is set), always or never.")
  private Colour colour = Colour.auto;

  /** What lines look like; spelled as the user does. */
  enum Output {
    text,
    json
  }

  /** When steps have colours; spelled as the user does. */
  enum Colour {
    auto,
    always,
    never
  }

  @Override
  public Integer call() throws IOException {
    check(name, NAME.matcher(name).matches(), "NAME", "PARENT/results/RESULT/logs/UID");
    check(
        server.toString(), SERVER.matcher(server.toString()).matches(), "--server", "https://HOST");
    check(
        server.toString(),
        context == null || isEncrypted(),
        "--server",
        "https://HOST, since the credentials of a kubeconfig are not sent in the clear");
    try {
      Credentials credentials = credentials();
      LogRequest request =
          new LogRequest(
              server,
              name.replace("/records/", "/logs/"),
              credentials,
              options(),
              timestamps,
              prefix,
              output == Output.json);
      SSLContext trust = Trust.context(caFile, credentials);
      boolean unsettled =
          new LogReader(request, trust)
              .print(new FileOutputStream(FileDescriptor.out), isColoured());
      if (unsettled && !follow) {
        say("the run has not ended, or not long ago: lines may be missing yet");
      }
      return 0;
    } catch (ReaderException e) {
      say(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private void check(String value, boolean valid, String what, String expected) {
    if (!valid && spec != null) {
      throw new ParameterException(
          spec.commandLine(), what + ": \"" + value + "\" (expected: " + expected + ")");
    }
  }

  private void say(String text) {
    if (spec != null) {
      spec.commandLine().getErr().println("logbridge: " + text);
    }
  }

  private Credentials credentials() throws ReaderException {
    if (context != null) {
      return Credentials.kubeconfig(context);
    }
    if (tokenFile != null) {
      return Credentials.file(tokenFile);
    }
    String token = System.getenv(TOKEN);
    if (token != null) {
      return Credentials.token(token, TOKEN);
    }
    return isEncrypted() && Credentials.hasKubeconfig()
        ? Credentials.kubeconfig(null)
        : Credentials.none();
  }

  private boolean isEncrypted() {
    return "https".equals(server.getScheme());
  }

  private Map<String, List<String>> options() {
    Map<String, List<String>> options = new LinkedHashMap<>();
    options.put("container", containers);
    put(options, "follow", follow ? "true" : null);
    put(options, "events", events ? "true" : null);
    put(options, "tailLines", tail);
    put(options, "sinceTime", sinceTime);
    put(options, "sinceSeconds", sinceSeconds);
    put(options, "until", until);
    put(options, "stream", stream);
    return options;
  }

  private static void put(
      Map<String, List<String>> options, String option, @Nullable String value) {
    if (value != null) {
      options.put(option, List.of(value));
    }
  }

  private boolean isColoured() {
    return switch (colour) {
      case always -> true;
      case never -> false;
      case auto ->
          Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
              && System.getenv("NO_COLOR") == null;
    };
  }
}
