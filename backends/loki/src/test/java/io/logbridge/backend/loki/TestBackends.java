// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backends with settings as a user writes them. */
final class TestBackends {

  static final String PATH = "logStorage.loki";

  private TestBackends() {}

  static LokiSettings settings(Map<String, String> values) {
    Map<String, String> below = new HashMap<>();
    values.forEach((key, value) -> below.put(PATH + "." + key, value));
    Settings all = Settings.of(Config.just(ConfigSources.create(below)), Map.of());
    LokiSettings settings = LokiSettings.from(all.section("logStorage").section("loki"));
    all.rejectUnknown();
    return settings;
  }

  /** A backend for which it is a certain time. */
  static LogBackend open(Map<String, String> values, Instant now) {
    return new LokiBackend(settings(values), InstantSource.fixed(now));
  }

  static List<LogEntry> read(LogBackend backend, LogQuery query) throws InterruptedException {
    List<LogEntry> entries = new ArrayList<>();
    try (LogReader reader = backend.open(query)) {
      LogPage page;
      do {
        page = reader.read(Deadline.after(Duration.ofSeconds(60)));
        entries.addAll(page.entries());
      } while (!page.last());
    }
    return entries;
  }
}
