// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReadingTest {

  @Test
  void urlAlone_isEnough() {
    Connection connection = connection(Map.of("url", "https://a:3100/loki/"));

    assertThat(connection.url()).isEqualTo(URI.create("https://a:3100/loki/"));
    assertThat(connection.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(connection.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(connection.compression()).isFalse();
    assertThat(connection.tls()).isNull();
    assertThat(connection.credentials().header()).isEmpty();
  }

  @Test
  void missingUrl_isAskedForWithAnExample() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> connection(Map.of()))
        .withMessageStartingWith("store.url: not set (expected: a URL like https://example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://a | http:// or https://",
        "a:3100 | http:// or https://",
        "http://a?x=y | at most a path",
        "not a url | a URL",
      })
  void wrongUrl_isNamedWithWhatWasExpected(String url, String expected) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> connection(Map.of("url", url)))
        .withMessageStartingWith("store.url: \"" + url + "\"")
        .withMessageContaining(expected);
  }

  @Test
  void userInUrl_isRefusedWithoutShowingIt() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> connection(Map.of("url", "https://me:hidden@a")))
        .withMessageContaining("set username and password")
        .withMessageNotContaining("hidden");
  }

  @Test
  void severalWaysToLogIn_areRefused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(
            () -> credentials(Map.of("username", "me", "password", "hidden", "token", "hidden")))
        .withMessageContaining("at most one of them")
        .withMessageNotContaining("hidden");
  }

  @Test
  void halfOfAUser_isRefused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> credentials(Map.of("username", "me")))
        .withMessageStartingWith("store.password: not set");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> credentials(Map.of("password", "hidden")))
        .withMessageStartingWith("store.username: not set")
        .withMessageNotContaining("hidden");
  }

  @Test
  void credentials_doNotPrintWhatTheyHold() {
    assertThat(credentials(Map.of("token", "hidden")))
        .asString()
        .doesNotContain("hidden")
        .contains("Bearer");
    assertThat(credentials(Map.of("username", "me", "password", "hidden")))
        .asString()
        .doesNotContain("hidden");
  }

  private static Connection connection(Map<String, String> values) {
    return Connection.from(settings(values), "https://example", credentials(values));
  }

  private static Credentials credentials(Map<String, String> values) {
    return Credentials.from(settings(values), "Bearer");
  }

  private static Settings settings(Map<String, String> values) {
    Map<String, String> below = new HashMap<>();
    values.forEach((key, value) -> below.put("store." + key, value));
    return Settings.of(Config.just(ConfigSources.create(below)), Map.of()).section("store");
  }
}
