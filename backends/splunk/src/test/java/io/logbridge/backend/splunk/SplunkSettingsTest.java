// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.SettingsException;
import io.logbridge.backend.http.Credentials;
import io.logbridge.backend.paging.PageLimits;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.splunk.SplunkSettings.Paging;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplunkSettingsTest {

  private static final String PATH = "logStorage.splunk.";

  @Test
  void defaults_areThoseOfTheReadme() {
    SplunkSettings settings = read();

    assertThat(settings.paging())
        .isEqualTo(new Paging(new PageLimits(500, 10_000, 4 << 20, 16 << 20), 200_000, 64 << 20));
    assertThat(settings.connection().requestTimeout()).hasSeconds(30);
    assertThat(settings.connection().connectTimeout()).hasSeconds(5);
    assertThat(settings.connection().credentials()).isEqualTo(new Credentials.None());
    assertThat(settings.session()).isNull();
    assertThat(settings.fields()).isEqualTo(EventFields.of(EventPreset.OPENTELEMETRY));
  }

  @Test
  void oneField_isNamedOtherwise() {
    EventFields fields = read("fields.preset", "fluent-bit", "fields.message", "msg,log").fields();

    assertThat(fields.get(FieldRole.MESSAGE)).containsExactly("msg", "log");
    assertThat(fields.get(FieldRole.TIME)).containsExactly("time", "@timestamp");
    assertThat(fields.get(FieldRole.POD)).containsExactly("kubernetes.pod_name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url | ftp://a | http:// or https://",
        "index | Main | main, kubernetes_* or ci-{namespace}",
        "index | a b | main, kubernetes_* or ci-{namespace}",
        "fields.preset | filebeat | one of opentelemetry, sck, fluentd, fluent-bit, vector, viaq",
        "fields.pod | a b | names of fields",
        "fields.message | log | an event of the preset opentelemetry is the bare text of a line",
        "login | session | username and password",
        "login | kerberos | one of basic, session",
        "maxHeldLines | 1 | a whole number from 1000",
        "pageSize.initial | 20000 | from 1 to 10000",
        "tokenFile | /nowhere/token | a file that can be read",
      })
  void wrongValue_isNamedWithWhatWasExpected(String key, String value, String expected) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(key, value))
        .withMessageStartingWith(PATH + key + ": \"" + value + "\"")
        .withMessageContaining(expected);
  }

  @Test
  void missingIndex_isAskedForWithExamples() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> TestBackends.open(Map.of("url", "https://a:8089")))
        .withMessageStartingWith(PATH + "index: not set")
        .withMessageContaining("ci-{namespace}");
  }

  @Test
  void severalWaysToLogIn_areRefused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("token", "hidden", "username", "me", "password", "hidden"))
        .withMessageContaining("at most one of them")
        .withMessageNotContaining("hidden");
  }

  @Test
  void backend_showsItsAddressAndNoCredential() {
    try (LogBackend backend =
        TestBackends.open(map("username", "me", "password", "hidden", "login", "session"))) {
      assertThat(backend).hasToString("Splunk[https://a:8089]");
    }
  }

  private static SplunkSettings read(String... settings) {
    return SplunkSettings.from(TestBackends.settings(map(settings)));
  }

  private static Map<String, String> map(String... settings) {
    Map<String, String> map = new HashMap<>();
    map.put("url", "https://a:8089");
    map.put("index", "main");
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return map;
  }
}
