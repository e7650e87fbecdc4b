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

/**
 * Our keys for the settings of Tekton Results, so that its deployment goes on when only the image
 * is another. They count less than our own file and environment. What cannot be honoured stops the
 * start.
 */
final class TektonSettings {

  /** Where Tekton Results itself keeps logs, or reads them; neither is done here. */
  private static final Set<String> OWN_STORES = Set.of("file", "s3", "gcs", "blob");

  private final TektonEnvironment tekton;
  private final Map<String, String> keys = new HashMap<>();

  private TektonSettings(TektonEnvironment tekton) {
    this.tekton = tekton;
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
    Map<String, String> all = new HashMap<>(environment);
    new TektonSettings(tekton)
        .translated(isSaid.test("logStorage.backendType"))
        .forEach((key, value) -> {
          if (!isSaid.test(key)) {
            all.put(Settings.variable(key), value);
          }
        });
    return all;
  }

  /**
   * Translates everything.
   *
   * @param ownStore whether we say where logs are; then {@code LOGS_TYPE} does not matter
   * @return from our keys to values
   */
  private Map<String, String> translated(boolean ownStore) {
    database();
    server();
    access();
    if (!ownStore) {
      logs();
    }
    tekton
        .number("LOGGING_PLUGIN_FORWARDER_DELAY_DURATION")
        .ifPresent(minutes -> keys.put("logs.forwarderDelay", minutes + "m"));
    return Map.copyOf(keys);
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
    tekton.text("TLS_PATH").ifPresent(this::certificate);
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

  private void logs() {
    if (!tekton.flag("LOGS_API").orElse(false)) {
      return;
    }
    String type = tekton.text("LOGS_TYPE").orElse("File");
    if (OWN_STORES.contains(type.toLowerCase(Locale.ROOT))) {
      throw TektonEnvironment.invalid(
          "LOGS_TYPE",
          type,
          "loki or splunk, or logStorage.backendType: logs that Tekton Results keeps itself are not"
              + " served here");
    }
    keys.put("logStorage.backendType", type);
  }
}
