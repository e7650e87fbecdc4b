// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.TestConfig;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A server on a new database that holds what the real one held when it was recorded. */
public final class GoldenServer {

  /** The day of the recording: one filter says {@code timestamp("yesterday")}. */
  private static final Instant RECORDED = Instant.parse("2026-11-22T11:21:00Z");

  private GoldenServer() {}

  /** Starts it; the caller closes it. */
  public static LogbridgeServer start(ListBackend store) {
    return start(store, TestConfig.SERVER);
  }

  /** Starts it with settings of the caller's. */
  static LogbridgeServer start(ListBackend store, ServerConfig server) {
    return start(TestConfig.of(server, new AuthConfig.None(), database(), store));
  }

  /** Starts it with all settings of the caller's, on a database that {@link #database()} made. */
  static LogbridgeServer start(AdapterConfig config) {
    return LogbridgeServer.start(
        config, Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), RECORDED)));
  }

  /** A new database with what the real one held. */
  static DatabaseConfig database() {
    DatabaseConfig config = TestDatabase.empty(false);
    TestDatabase.load(
        config, GoldenCases.text("schema-clean.sql") + GoldenCases.text("seed-inserts.sql"));
    return config;
  }
}
