// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.adapter.config.ServerConfig.LogForm;
import io.logbridge.adapter.config.ServerConfig.LogLevel;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.adapter.tls.TlsSettings.ClientCertificates;
import io.logbridge.adapter.tls.TlsSettings.Version;
import io.logbridge.backend.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code server}. */
final class ServerSettings {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private ServerSettings() {}

  static ServerConfig read(Settings settings) {
    return new ServerConfig(
        settings.text("host", "127.0.0.1"),
        settings.integer("port", 8080, 0, 65_535),
        settings.integer("operationsPort", 9090, 0, 65_535),
        settings.duration("stallTimeout", MINUTE.multipliedBy(5), SECOND, DAY),
        settings.duration("shutdownGrace", Duration.ofSeconds(30), Duration.ZERO, HOUR),
        settings.flag("reflectLogsV1alpha2", false),
        settings.flag("callDurations", false),
        log(settings),
        tls(settings.section("tls")),
        limits(settings.section("limits")));
  }

  private static ServerConfig.Log log(Settings settings) {
    return new ServerConfig.Log(
        settings.oneOf("logLevel", LogLevel.class, LogLevel.INFO),
        settings.oneOf("logFormat", LogForm.class, LogForm.TEXT));
  }

  private static @Nullable TlsSettings tls(Settings settings) {
    Optional<Path> certificate = settings.file("certificateFile");
    Optional<Path> key = settings.file("keyFile");
    Optional<Path> clientCa = settings.file("clientCaFile");
    ClientCertificates clients =
        settings.oneOf("clientCertificates", ClientCertificates.class, ClientCertificates.REQUIRED);
    Version version = version(settings);
    List<String> suites = known(settings, "cipherSuites", TlsSettings.supportedCipherSuites());
    List<String> groups = known(settings, "namedGroups", TlsSettings.supportedNamedGroups());
    Duration reload = settings.duration("reloadInterval", Duration.ofSeconds(30), SECOND, DAY);
    if (certificate.isEmpty() && key.isEmpty() && clientCa.isEmpty()) {
      return null;
    }
    return new TlsSettings(
        certificate.orElseThrow(
            () -> settings.missing("certificateFile", "the certificate of the port, in PEM")),
        key.orElseThrow(() -> settings.missing("keyFile", "the key of the certificate, in PEM")),
        clientCa.orElse(null),
        clients,
        version,
        suites,
        groups,
        reload);
  }

  private static List<String> known(Settings settings, String key, List<String> supported) {
    List<String> names = settings.list(key);
    for (String name : names) {
      if (!supported.contains(name)) {
        throw settings.invalid(key, name, "some of " + String.join(", ", supported));
      }
    }
    return names;
  }

  private static Version version(Settings settings) {
    String version = settings.text("minVersion", "1.2");
    return switch (version) {
      case "1.2" -> Version.V1_2;
      case "1.3" -> Version.V1_3;
      default -> throw settings.invalid("minVersion", version, "1.2 or 1.3");
    };
  }

  private static ServerConfig.Limits limits(Settings settings) {
    return new ServerConfig.Limits(
        settings.integer("calls", 10_000, 1, 1_000_000),
        settings.integer("callsPerCaller", 2_000, 1, 1_000_000),
        settings.integer("requestSize", 4 << 20, 1 << 10, 1 << 30),
        settings.integer("listSize", 64 << 20, 1 << 10, Integer.MAX_VALUE),
        settings.duration("connectionAge", HOUR, SECOND, DAY.multipliedBy(365)));
  }
}
