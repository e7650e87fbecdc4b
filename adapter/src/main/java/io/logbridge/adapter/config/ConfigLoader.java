// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.BasicCredentials;
import io.logbridge.adapter.auth.DashboardConfig;
import io.logbridge.adapter.guard.GuardConfig;
import io.logbridge.adapter.kube.KubeConfig;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.stream.LogSettings;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendProvider;
import io.logbridge.backend.Secret;
import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration. Every error names the key, the value and what was expected, and stops
 * the start: a server that guesses serves the wrong logs.
 */
public final class ConfigLoader {

  private static final Duration ZERO = Duration.ZERO;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MIB = 1 << 20;

  private ConfigLoader() {}

  /**
   * Reads a file, overridden by the environment. What neither says is taken from the deployment of
   * Tekton Results around the server, if there is one.
   *
   * @param file in YAML; {@code null} if everything comes from the environment
   * @throws SettingsException if anything is missing, unknown or out of range
   */
  public static AdapterConfig load(@Nullable Path file, Map<String, String> environment) {
    Config own = parse(file);
    TektonEnvironment tekton = TektonEnvironment.read(TektonEnvironment.FILE, environment);
    Map<String, String> all = TektonSettings.under(own, environment, tekton);
    return load(Settings.of(own, all), tekton.unused());
  }

  static Config parse(@Nullable Path file) {
    if (file == null) {
      return Config.empty();
    }
    if (!Files.isReadable(file)) {
      throw new SettingsException("--config: \"" + file + "\" (expected: a file that can be read)");
    }
    try {
      return Config.builder(ConfigSources.file(file))
          .disableEnvironmentVariablesSource()
          .disableSystemPropertiesSource()
          .build();
    } catch (ConfigException e) {
      throw new SettingsException("--config: \"" + file + "\" is not YAML: " + e.getMessage(), e);
    }
  }

  static AdapterConfig load(Settings settings, Set<String> unused) {
    ServerConfig server = ServerSettings.read(settings.section("server"));
    AuthConfig auth = AuthSettings.read(settings.section("auth"), server.host());
    forwarder(settings);
    DatabaseConfig database = database(settings.section("database"));
    LogSettings logs = logs(settings.section("logs"));
    GuardConfig guard = guard(settings.section("guard"));
    DashboardConfig dashboard =
        dashboard(settings.section("dashboard"), auth instanceof AuthConfig.None);
    KubeConfig kube = new KubeConfig(settings.section("kube").flag("enabled", true));
    LogBackend backend = backend(settings.section("logStorage"));
    try {
      settings.rejectUnknown();
    } catch (SettingsException e) {
      backend.close();
      throw e;
    }
    return new AdapterConfig(server, auth, database, logs, guard, dashboard, kube, unused, backend);
  }

  /** TEP-0117 has this key; a server for external logs knows one value. */
  private static void forwarder(Settings settings) {
    String forwarder = settings.text("logForwarder", "External");
    if (!forwarder.equalsIgnoreCase("External")) {
      throw settings.invalid(
          "logForwarder", forwarder, "External: logs are shipped by something else");
    }
  }

  private static DatabaseConfig database(Settings settings) {
    String url = settings.requiredText("url", "jdbc:postgresql://HOST:5432/DATABASE");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw settings.invalid("url", url, "jdbc:postgresql://HOST:5432/DATABASE");
    }
    return new DatabaseConfig(
        url,
        settings.text("user").orElse(null),
        settings.secret("password").orElse(null),
        settings.integer("poolSize", 10, 1, 1000),
        settings.duration("connectTimeout", Duration.ofSeconds(5), SECOND, HOUR),
        settings.duration("queryTimeout", Duration.ofSeconds(10), SECOND, HOUR),
        settings.duration("startTimeout", MINUTE.multipliedBy(2), SECOND, DAY),
        settings.flag("migrate", false));
  }

  private static LogSettings logs(Settings settings) {
    return new LogSettings(
        settings.oneOf("prefix", LogSettings.Prefix.class, LogSettings.Prefix.AUTO),
        settings.duration("skew", MINUTE, ZERO, DAY),
        settings.duration("forwarderDelay", MINUTE.multipliedBy(10), ZERO, DAY),
        settings.duration("pollInterval", Duration.ofSeconds(2), Duration.ofMillis(100), HOUR),
        settings.oneOf("delete", LogSettings.Deletion.class, LogSettings.Deletion.RECORD));
  }

  private static GuardConfig guard(Settings settings) {
    Settings breaker = settings.section("breaker");
    return new GuardConfig(
        settings.duration("requestTimeout", Duration.ofSeconds(30), SECOND, HOUR),
        settings.integer("concurrentReads", 32, 1, 10_000),
        settings.duration("maxWait", Duration.ofSeconds(30), ZERO, HOUR),
        settings.integer("pageMemory", quarterOfHeap(), MIB, Integer.MAX_VALUE),
        settings.integer("maxAttempts", 4, 1, 20),
        settings.duration("backoff", Duration.ofMillis(200), Duration.ofMillis(10), MINUTE),
        settings.duration("maxBackoff", Duration.ofSeconds(10), Duration.ofMillis(10), HOUR),
        new GuardConfig.BreakerConfig(
            breaker.duration("window", Duration.ofSeconds(20), SECOND, HOUR),
            breaker.integer("minimumReads", 10, 1, 1_000_000),
            breaker.integer("failureRate", 50, 1, 100),
            breaker.duration("openFor", Duration.ofSeconds(10), SECOND, HOUR)));
  }

  private static int quarterOfHeap() {
    return Math.clamp(Runtime.getRuntime().maxMemory() / 4, MIB, Integer.MAX_VALUE);
  }

  private static DashboardConfig dashboard(Settings settings, boolean open) {
    boolean enabled = settings.flag("enabled", false);
    boolean unknownPods = settings.flag("unknownPods", false);
    BasicCredentials credentials =
        settings.secret("credentials").map(text -> credentials(settings, text)).orElse(null);
    if (enabled && credentials == null && !open) {
      throw settings.missing(
          "credentialsFile", "a file of lines USER:PASSWORD NAMESPACE,NAMESPACE");
    }
    return new DashboardConfig(enabled, credentials, unknownPods);
  }

  private static BasicCredentials credentials(Settings settings, Secret text) {
    try {
      return BasicCredentials.of(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(settings.path() + ".credentials: " + e.getMessage(), e);
    }
  }

  private static LogBackend backend(Settings settings) {
    List<LogBackendProvider> providers =
        ServiceLoader.load(LogBackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    String expected =
        providers.stream()
            .map(LogBackendProvider::type)
            .sorted()
            .collect(Collectors.joining(", ", "one of ", ""));
    String type = settings.requiredText("backendType", expected);
    LogBackendProvider provider =
        providers.stream()
            .filter(candidate -> candidate.type().equalsIgnoreCase(type))
            .findFirst()
            .orElseThrow(() -> settings.invalid("backendType", type, expected));
    for (LogBackendProvider other : providers) {
      if (!other.equals(provider)) {
        settings.rejectSection(
            section(other),
            "nothing, since only the store of logStorage.backendType, \""
                + type
                + "\", may be configured");
      }
    }
    return provider.create(settings.section(section(provider)));
  }

  private static String section(LogBackendProvider provider) {
    return provider.type().toLowerCase(Locale.ROOT);
  }
}
