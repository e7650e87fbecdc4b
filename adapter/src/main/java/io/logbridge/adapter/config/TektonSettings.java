// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.helidon.config.Config;
import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Our keys for the settings of Tekton Results, so that its deployment goes on when only the image
 * is another. They count less than our own file and environment. What cannot be honoured stops the
 * start.
 */
final class TektonSettings {

  /** Keys of ours each of which says by itself what one that we would add says too. */
  private static final Map<String, Set<String>> INSTEAD =
      Map.ofEntries(
          Map.entry("database.password", Set.of("database.passwordFile")),
          Map.entry("logStorage.loki.ca", Set.of("logStorage.loki.caFile")),
          Map.entry(
              "logStorage.loki.tokenFile",
              Set.of("logStorage.loki.token", "logStorage.loki.username")),
          Map.entry("logStorage.loki.labels.namespace", Set.of("logStorage.loki.labels.preset")),
          Map.entry("logStorage.loki.labels.pod", Set.of("logStorage.loki.labels.preset")),
          Map.entry("logStorage.loki.labels.container", Set.of("logStorage.loki.labels.preset")),
          Map.entry("logStorage.loki.line.container", Set.of("logStorage.loki.labels.preset")),
          Map.entry("logStorage.splunk.ca", Set.of("logStorage.splunk.caFile")),
          Map.entry(
              "logStorage.splunk.token",
              Set.of("logStorage.splunk.tokenFile", "logStorage.splunk.username")),
          Map.entry(
              "logStorage.splunk.fields.namespace", Set.of("logStorage.splunk.fields.preset")),
          Map.entry(
              "logStorage.splunk.fields.container", Set.of("logStorage.splunk.fields.preset")));

  private final TektonEnvironment tekton;
  private final Predicate<String> isSaid;
  private final Map<String, String> keys = new HashMap<>();

  /**
   * @param isSaid whether our file or environment has a key
   */
  private TektonSettings(TektonEnvironment tekton, Predicate<String> isSaid) {
    this.tekton = tekton;
    this.isSaid = isSaid;
  }

  /**
   * The environment, with our variables added for what neither it nor our file says.
   *
   * @param own our file
   * @throws SettingsException if a value is not one, or cannot be honoured
   */
  static Map<String, String> under(
      Config own, Map<String, String> environment, TektonEnvironment tekton) {
    if (!tekton.isPresent()) {
      return environment;
    }
    Predicate<String> isSaid =
        key -> own.get(key).exists() || environment.containsKey(Settings.variable(key));
    TektonSettings settings = new TektonSettings(tekton, isSaid);
    settings.translate();
    if (asksAsCaller(own, environment)) {
      settings.keys.remove("logStorage.loki.tokenFile");
    }
    Map<String, String> all = new HashMap<>(environment);
    settings.keys.forEach((key, value) -> {
      if (!settings.isSaidByUs(key)) {
        all.put(Settings.variable(key), value);
      }
    });
    return all;
  }

  private boolean isSaidByUs(String key) {
    return isSaid.test(key) || INSTEAD.getOrDefault(key, Set.of()).stream().anyMatch(isSaid);
  }

  /** Then there is no token of ours. */
  private static boolean asksAsCaller(Config own, Map<String, String> environment) {
    String key = "logStorage.loki.credentials";
    String inFile = own.get(key).asString().orElse("");
    return environment.getOrDefault(Settings.variable(key), inFile).equalsIgnoreCase("caller");
  }

  /** Translates everything; {@code LOGS_TYPE} does not matter if we say where logs are. */
  private void translate() {
    database();
    server();
    access();
    if (!isSaid.test("logStorage.backendType")) {
      logs();
    }
    tekton
        .number("LOGGING_PLUGIN_FORWARDER_DELAY_DURATION")
        .ifPresent(minutes -> keys.put("logs.forwarderDelay", minutes + "m"));
    tekton.text("LOG_LEVEL").ifPresent(level -> keys.put("server.logLevel", level(level)));
  }

  private void database() {
    Optional<String> host = tekton.text("DB_HOST");
    host.ifPresent(name -> keys.put("database.url", url(name)));
    tekton.text("DB_USER").ifPresent(user -> keys.put("database.user", user));
    tekton.text("DB_PASSWORD").ifPresent(password -> keys.put("database.password", password));
    tekton
        .flag("DB_ENABLE_AUTO_MIGRATION")
        .ifPresent(migrate -> keys.put("database.migrate", migrate.toString()));
    tekton
        .number("DB_MAX_OPEN_CONNECTIONS")
        .filter(size -> Integer.parseInt(size) > 0) // 0 is no limit there
        .ifPresent(size -> keys.put("database.poolSize", size));
  }

  private String url(String host) {
    List<String> parameters = new ArrayList<>();
    tekton.text("DB_SSLMODE").ifPresent(mode -> parameters.add("sslmode=" + encoded(mode)));
    tekton.text("DB_SSLROOTCERT").ifPresent(file -> parameters.add("sslrootcert=" + encoded(file)));
    return "jdbc:postgresql://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + tekton.number("DB_PORT").orElse("5432")
        + "/"
        + encoded(tekton.text("DB_NAME").orElse("tekton-results"))
        + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Tekton Results listens on every address. */
  private void server() {
    keys.put("server.host", "0.0.0.0");
    tekton.number("SERVER_PORT").ifPresent(port -> keys.put("server.port", port));
    tekton.number("PROMETHEUS_PORT").ifPresent(port -> keys.put("server.operationsPort", port));
    tekton
        .flag("PROMETHEUS_HISTOGRAM")
        .ifPresent(measured -> keys.put("server.callDurations", measured.toString()));
    tekton.text("TLS_PATH").ifPresent(this::certificate);
    tls();
  }

  private void tls() {
    tekton
        .text("TLS_MIN_VERSION")
        .ifPresent(version -> keys.put("server.tls.minVersion", TektonTls.version(version)));
    tekton
        .text("TLS_CIPHER_SUITES")
        .ifPresent(suites -> keys.put("server.tls.cipherSuites", TektonTls.suites(suites)));
    tekton
        .text("TLS_CURVE_PREFERENCES")
        .ifPresent(curves -> keys.put("server.tls.namedGroups", TektonTls.groups(curves)));
  }

  /** Tekton Results serves plain text where there is neither file; one of them is a mistake. */
  private void certificate(String directory) {
    Path certificate = Path.of(directory, "tls.crt");
    Path key = Path.of(directory, "tls.key");
    if (Files.exists(certificate) || Files.exists(key)) {
      keys.put("server.tls.certificateFile", certificate.toString());
      keys.put("server.tls.keyFile", key.toString());
    }
  }

  /** As zap, which writes the log there, calls its levels. */
  private static String level(String level) {
    return switch (level.toLowerCase(Locale.ROOT)) {
      case "debug", "info", "error" -> level;
      case "warn" -> "warning";
      case "dpanic", "panic", "fatal" -> "error";
      default -> throw TektonEnvironment.invalid("LOG_LEVEL", level, "debug, info, warn or error");
    };
  }

  private void access() {
    boolean disabled = tekton.flag("AUTH_DISABLE").orElse(false);
    keys.put("auth.mode", disabled ? "none" : "kubernetes");
    if (disabled) {
      keys.put("auth.allowUnauthenticatedRemote", "true");
    }
    tekton
        .flag("AUTH_IMPERSONATE")
        .ifPresent(allowed -> keys.put("auth.impersonation", allowed.toString()));
  }

  /**
   * Where logs are. Those of a plugin are served there over REST whether LOGS_API is on or off;
   * without one, "off" is a server of records alone. Where nobody says anything, ours asks.
   */
  private void logs() {
    String type = tekton.text("LOGS_TYPE").orElse("File");
    Optional<Boolean> served = tekton.flag("LOGS_API");
    switch (type.toLowerCase(Locale.ROOT)) {
      case "loki" -> loki();
      case "splunk" -> splunk();
      default -> {
        if (served.isEmpty()) {
          return;
        }
        if (!served.get()) {
          keys.put("logStorage.backendType", "None");
          return;
        }
        unlessKnown(type);
      }
    }
    keys.put("logStorage.backendType", type);
  }

  private static void unlessKnown(String type) {
    switch (type.toLowerCase(Locale.ROOT)) {
      case "elasticsearch" -> {} // known only here, and so is where it is
      case "file", "s3", "gcs", "blob" ->
          throw TektonEnvironment.invalid(
              "LOGS_TYPE",
              type,
              "loki or splunk, or logStorage.backendType: logs that Tekton Results keeps itself are"
                  + " not served here");
      default ->
          throw TektonEnvironment.invalid(
              "LOGS_TYPE", type, "loki or splunk, or logStorage.backendType");
    }
  }

  /**
   * Tekton Results asks for documents of OpenShift's shape, whatever the keys are called, and needs
   * no label of pod and container.
   */
  private void loki() {
    pluginTls("logStorage.loki.ca");
    tekton
        .text("LOGGING_PLUGIN_API_URL")
        .ifPresent(url -> keys.put("logStorage.loki.url", joined(url, proxyPath())));
    tekton
        .text("LOGGING_PLUGIN_TOKEN_PATH")
        .ifPresent(file -> keys.put("logStorage.loki.tokenFile", file));
    keys.put("logStorage.loki.labels.preset", "viaq");
    keys.put("logStorage.loki.labels.pod", "");
    keys.put("logStorage.loki.labels.container", "");
    tekton
        .text("LOGGING_PLUGIN_CONTAINER_KEY")
        .ifPresent(key -> keys.put("logStorage.loki.line.container", field(key)));
    tekton
        .text("LOGGING_PLUGIN_NAMESPACE_KEY")
        .ifPresent(label -> keys.put("logStorage.loki.labels.namespace", label));
    tekton
        .text("LOGGING_PLUGIN_STATIC_LABELS")
        .ifPresent(labels -> keys.put("logStorage.loki.labels.always", labels));
  }

  /** An expression of Loki's stage {@code json}, as far as it is the name of a field. */
  private static String field(String key) {
    if (!key.matches("[^\\s\"\\[\\],.]+(\\.[^\\s\"\\[\\],.]+)*")) {
      throw TektonEnvironment.invalid(
          "LOGGING_PLUGIN_CONTAINER_KEY",
          key,
          "keys with dots between, as in kubernetes.container_name");
    }
    return key;
  }

  /** Empty where Loki itself is asked. */
  private String proxyPath() {
    return tekton.given("LOGGING_PLUGIN_PROXY_PATH").orElse("/api/logs/v1/application");
  }

  private static String joined(String url, String path) {
    String within = path.strip().replaceAll("^/+|/+$", "");
    return url.replaceFirst("/+$", "") + (within.isEmpty() ? "" : "/" + within);
  }

  private void splunk() {
    pluginTls("logStorage.splunk.ca");
    tekton.text("LOGGING_PLUGIN_API_URL").ifPresent(url -> keys.put("logStorage.splunk.url", url));
    tekton
        .text("SPLUNK_SEARCH_TOKEN")
        .ifPresent(token -> keys.put("logStorage.splunk.token", token));
    tekton.text("LOGGING_PLUGIN_QUERY_PARAMS").stream()
        .flatMap(parameters -> Stream.of(parameters.split("&", -1)))
        .filter(parameter -> parameter.startsWith("index="))
        .map(parameter -> parameter.substring("index=".length()))
        .findFirst()
        .ifPresent(index -> keys.put("logStorage.splunk.index", index));
    keys.put("logStorage.splunk.fields.preset", "viaq");
    tekton
        .text("LOGGING_PLUGIN_NAMESPACE_KEY")
        .ifPresent(field -> keys.put("logStorage.splunk.fields.namespace", field));
    tekton
        .text("LOGGING_PLUGIN_CONTAINER_KEY")
        .ifPresent(field -> keys.put("logStorage.splunk.fields.container", field));
  }

  /**
   * Whose word is taken for the store's certificate. There too one that is given is asked even if
   * verification is off.
   */
  private void pluginTls(String key) {
    tekton.text("LOGGING_PLUGIN_CA_CERT").ifPresent(pem -> keys.put(key, pem));
    boolean disabled = tekton.flag("LOGGING_PLUGIN_TLS_VERIFICATION_DISABLE").orElse(false);
    if (disabled && !keys.containsKey(key) && !isSaidByUs(key)) {
      throw TektonEnvironment.invalid(
          "LOGGING_PLUGIN_TLS_VERIFICATION_DISABLE",
          "true",
          "false: certificates are always verified, and LOGGING_PLUGIN_CA_CERT, or caFile under"
              + " logStorage, says by whom");
    }
  }
}
