// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.Settings;
import io.logbridge.backend.testkit.StoreSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Backends as the server makes them, from settings. */
final class TestBackends {

  static final Duration CEILING = Duration.ofSeconds(30);

  private TestBackends() {}

  /** Settings as pairs of key and value, below {@code logStorage.elasticsearch}. */
  static Settings settings(Map<String, String> settings) {
    return StoreSettings.of("elasticsearch", settings);
  }

  static LogBackend open(Map<String, String> settings) {
    return new ElasticsearchBackendProvider().create(settings(settings));
  }

  static LogBackend open(TestStore store, String index, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("urls", store.uri().toString());
    settings.put("index", index);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return open(settings);
  }
}
