// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.Settings;
import io.logbridge.backend.testkit.StoreSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Backends with settings as a user writes them. */
final class TestBackends {

  static final String PATH = "logStorage.loki";

  private TestBackends() {}

  static LokiSettings settings(Map<String, String> values) {
    Settings all = StoreSettings.root("loki", values);
    LokiSettings settings = LokiSettings.from(all.section("logStorage").section("loki"));
    all.rejectUnknown();
    return settings;
  }

  /** A backend for which it is a certain time. */
  static LogBackend open(Map<String, String> values, Instant now) {
    return new LokiBackend(settings(values), InstantSource.fixed(now));
  }
}
