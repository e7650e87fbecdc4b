// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.DashboardConfig;
import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.config.ServerConfig.LogForm;
import io.logbridge.adapter.config.ServerConfig.LogLevel;
import io.logbridge.adapter.guard.GuardConfig;
import io.logbridge.adapter.guard.GuardConfig.BreakerConfig;
import io.logbridge.adapter.kube.KubeConfig;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.stream.LogSettings;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.backend.LogBackend;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Configurations of servers that listen on any free port of loopback and guard a store loosely. */
public final class TestConfig {

  public static final ServerConfig SERVER =
      server(null, new ServerConfig.Limits(10_000, 10_000, 4 << 20, 64 << 20, Duration.ofHours(1)));

  private TestConfig() {}

  public static ServerConfig server(@Nullable TlsSettings tls, ServerConfig.Limits limits) {
    return new ServerConfig(
        "127.0.0.1",
        0,
        0,
        Duration.ofMinutes(5),
        Duration.ofSeconds(1),
        false,
        false,
        new ServerConfig.Log(LogLevel.INFO, LogForm.TEXT),
        tls,
        limits);
  }

  /** A configuration of a server on a database and a store. */
  public static AdapterConfig of(
      ServerConfig server, AuthConfig auth, DatabaseConfig database, LogBackend store) {
    return of(server, auth, database, new DashboardConfig(false, null, false), store);
  }

  static AdapterConfig of(
      ServerConfig server,
      AuthConfig auth,
      DatabaseConfig database,
      DashboardConfig dashboard,
      LogBackend store) {
    return new AdapterConfig(
        server,
        auth,
        database,
        new LogSettings(
            LogSettings.Prefix.AUTO,
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofMillis(100),
            LogSettings.Deletion.RECORD),
        new GuardConfig(
            Duration.ofSeconds(30),
            16,
            Duration.ofSeconds(5),
            64 << 20,
            1,
            Duration.ofMillis(10),
            Duration.ofMillis(10),
            new BreakerConfig(Duration.ofSeconds(20), 1_000_000, 50, Duration.ofSeconds(10))),
        dashboard,
        new KubeConfig(true),
        Set.of(),
        store);
  }
}
