// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.config.spi.ConfigNode.ListNode;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "1h,PT1H", "7d,PT168H", "PT1M30S,PT1M30S"})
  void durations_areTakenInBothSpellings(String written, Duration expected) {
    assertThat(
            settings(Map.of("a.timeout", written), Map.of())
                .section("a")
                .duration("timeout", Duration.ZERO, Duration.ZERO, Duration.ofDays(30)))
        .isEqualTo(expected);
  }

  @Test
  void humpsOfAKey_areUnderscoresInTheEnvironment() {
    Settings settings =
        settings(
            Map.of("logStorage.backendType", "Loki"),
            Map.of("LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "Elasticsearch"));

    assertThat(settings.section("logStorage").text("backendType")).contains("Elasticsearch");
  }

  @Test
  void lists_areTakenFromTheFileAndWithCommasFromTheEnvironment() {
    ListNode urls = ListNode.builder().addValue("http://a").addValue("http://b").build();
    ObjectNode file = ObjectNode.builder().addList("urls", urls).build();

    assertThat(settings(file, Map.of()).list("urls")).containsExactly("http://a", "http://b");
    assertThat(settings(file, Map.of("LOGBRIDGE_URLS", "http://c, http://d")).list("urls"))
        .containsExactly("http://c", "http://d");
    assertThat(settings(ObjectNode.empty(), Map.of()).list("urls")).isEmpty();
  }

  @Test
  void keysThatWereAskedFor_areKnownAndTheOthersAreNot() {
    ObjectNode section =
        ObjectNode.builder()
            .addValue("b", "1")
            .addList("list", ListNode.builder().addValue("x").build())
            .addValue("typo", "2")
            .build();
    Settings settings = settings(ObjectNode.builder().addObject("a", section).build(), Map.of());
    settings.section("a").text("b");
    settings.section("a").list("list");

    assertThatThrownBy(settings::rejectUnknown)
        .isInstanceOf(SettingsException.class)
        .hasMessage("a.typo: unknown key (expected: one of b, list)");
  }

  @Test
  void aSectionThatMustNotBe_isRefusedByItsFirstValue() {
    ObjectNode urls =
        ObjectNode.builder()
            .addList("urls", ListNode.builder().addValue("http://a").build())
            .build();
    Settings ofFile = settings(ObjectNode.builder().addObject("a", urls).build(), Map.of());

    assertThatThrownBy(() -> ofFile.rejectSection("a", "nothing"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("a.urls.0: \"http://a\" (expected: nothing)");
    assertThatThrownBy(() ->
            settings(Map.of("ab.x", "1"), Map.of("LOGBRIDGE_A_B_X", "1"))
                .section("a")
                .rejectSection("b", "nothing"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("LOGBRIDGE_A_B_X: \"1\" (expected: nothing)");
    settings(Map.of("ab.x", "1"), Map.of("LOGBRIDGE_AB_X", "1")).rejectSection("a", "nothing");
  }

  @ParameterizedTest
  @CsvSource({"a.password,hunter2", "a.token,hunter2", "a.url,https://me:hunter2@host"})
  void aSecretInASectionThatMustNotBe_isNotPrinted(String key, String secret) {
    assertThatThrownBy(() -> settings(Map.of(key, secret), Map.of()).rejectSection("a", "nothing"))
        .hasMessage(key + ": (expected: nothing)");
  }

  @Test
  void aSectionWhereAValueIsExpected_isRefused() {
    assertThatThrownBy(() -> settings(Map.of("a.b.c", "1"), Map.of()).section("a").text("b"))
        .hasMessage("a.b: a section or list (expected: a single value)");
  }

  @Test
  void aSecretInAFile_isReadAnewEachTimeAndNeverPrinted(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    Secret secret =
        settings(Map.of("tokenFile", file.toString()), Map.of()).secret("token").orElseThrow();
    assertThat(secret.reveal()).isEqualTo("first");

    Files.writeString(file, "second\n");

    assertThat(secret.reveal()).isEqualTo("second");
    assertThat(secret).hasToString("***");
  }

  @Test
  void aSecretGivenTwice_isRefusedWithoutBeingPrinted(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "x");
    Settings settings =
        settings(Map.of("token", "hunter2", "tokenFile", file.toString()), Map.of());

    assertThatThrownBy(() -> settings.secret("token"))
        .hasMessage("token: set together with tokenFile (expected: one of them)");
  }

  @Test
  void oneOf_takesAnyCaseAndDashes() {
    assertThat(
            settings(Map.of("unit", "Micro-Seconds".replace("-", "")), Map.of())
                .oneOf("unit", TimeUnit.class, TimeUnit.DAYS))
        .isEqualTo(TimeUnit.MICROSECONDS);
  }

  private static Settings settings(Map<String, String> file, Map<String, String> environment) {
    ObjectNode.Builder root = ObjectNode.builder();
    file.forEach(root::addValue);
    return settings(root.build(), environment);
  }

  private static Settings settings(ObjectNode file, Map<String, String> environment) {
    Config config =
        Config.builder(ConfigSources.create(file))
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .build();
    return Settings.of(config, environment);
  }
}
