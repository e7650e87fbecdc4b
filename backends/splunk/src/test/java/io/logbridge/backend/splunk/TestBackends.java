// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.Settings;
import io.logbridge.backend.splunk.fake.FakeSplunk;
import io.logbridge.backend.testkit.StoreSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Backends as the server makes them, from settings. */
final class TestBackends {

  static final Duration CEILING = Duration.ofSeconds(30);

  private TestBackends() {}

  /** Settings as pairs of key and value, below {@code logStorage.splunk}. */
  static Settings settings(Map<String, String> settings) {
    return StoreSettings.of("splunk", settings);
  }

  static LogBackend open(Map<String, String> settings) {
    return new SplunkBackendProvider().create(settings(settings));
  }

  static LogBackend open(FakeSplunk splunk, String... more) {
    Map<String, String> settings = new HashMap<>(login("token"));
    settings.put("url", splunk.uri().toString());
    settings.put("index", "main");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return open(settings);
  }

  /** The settings for one way to log in. */
  static Map<String, String> login(String way) {
    return switch (way) {
      case "token" -> Map.of("token", FakeSplunk.TOKEN);
      case "basic" -> Map.of("username", FakeSplunk.USER, "password", FakeSplunk.PASSWORD);
      case "session" ->
          Map.of(
              "username", FakeSplunk.USER,
              "password", FakeSplunk.PASSWORD,
              "login", "session");
      default -> throw new IllegalArgumentException(way);
    };
  }
}
