// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.SettingsException;
import io.logbridge.backend.elasticsearch.ElasticsearchSettings.Paging;
import io.logbridge.backend.http.Credentials;
import io.logbridge.backend.paging.PageLimits;
import io.logbridge.backend.shipped.FieldPreset;
import io.logbridge.backend.shipped.FieldRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElasticsearchSettingsTest {

  private static final String PATH = "logStorage.elasticsearch.";

  @Test
  void defaults_areThoseOfTheReadme() {
    ElasticsearchSettings settings = read();

    assertThat(settings.paging())
        .isEqualTo(
            new Paging(
                new PageLimits(500, 10_000, 4 << 20, 16 << 20), 200_000, Duration.ofMinutes(2)));
    assertThat(settings.connection().requestTimeout()).hasSeconds(30);
    assertThat(settings.connection().connectTimeout()).hasSeconds(5);
    assertThat(settings.connection().compression()).isFalse();
    assertThat(settings.connection().credentials()).isEqualTo(new Credentials.None());
    assertThat(settings.fields()).isEqualTo(FieldMapping.of(FieldPreset.FLUENTD));
  }

  @Test
  void oneField_isNamedOtherwise() {
    FieldMapping fields = read("fields.preset", "fluent-bit", "fields.message", "msg,log").fields();

    assertThat(fields.get(FieldRole.MESSAGE)).containsExactly("msg", "log");
    assertThat(fields.get(FieldRole.TIME)).containsExactly("time", "@timestamp");
    assertThat(fields.get(FieldRole.POD)).containsExactly("kubernetes.pod_name");
  }

  @Test
  void movedTimestamp_isAlsoReadFromThere() {
    assertThat(read("fields.timestamp", "ts").fields().get(FieldRole.TIME)).containsExactly("ts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "urls | ftp://a | http:// or https://",
        "urls | http://a/x,http://b/y | same path",
        "urls | not a url | a URL",
        "index | a b | logstash-{date:yyyy.MM.dd}",
        "index | a-{date:nonsense} | \"nonsense\" is not a date pattern",
        "fields.preset | logstash | one of fluentd, fluent-bit, vector, filebeat, viaq",
        "fields.pod | a* | names of fields",
        "pageSize.max | 0 | a whole number from 1",
        "pageSize.initial | 20000 | from 1 to 10000",
        "requestTimeout | soon | a duration",
        "apiKeyFile | /nowhere/key | a file that can be read",
      })
  void wrongValue_isNamedWithWhatWasExpected(String key, String value, String expected) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(key, value))
        .withMessageStartingWith(PATH + key + ": \"" + value + "\"")
        .withMessageContaining(expected);
  }

  @Test
  void userInUrl_isRefusedWithoutShowingIt() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("urls", "https://me:hidden@a:9200"))
        .withMessageContaining("set username and password")
        .withMessageNotContaining("hidden");
  }

  @Test
  void missingIndex_isAskedForWithExamples() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> TestBackends.open(Map.of("urls", "http://a")))
        .withMessageStartingWith(PATH + "index: not set")
        .withMessageContaining("filebeat-*");
  }

  @Test
  void severalWaysToLogIn_areRefused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("apiKey", "hidden", "token", "hidden"))
        .withMessageContaining("at most one of them")
        .withMessageNotContaining("hidden");
  }

  @Test
  void userWithoutPassword_isRefused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("username", "me"))
        .withMessageStartingWith(PATH + "password: not set");
  }

  @Test
  void caFileWithoutCertificate_isRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "");

    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> TestBackends.open(map("caFile", file.toString())).close())
        .withMessageContaining("certificates in PEM");
  }

  @Test
  void secretInFile_isReadAgainEachTime(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "one\n");
    Credentials credentials = read("tokenFile", file.toString()).connection().credentials();
    assertThat(credentials.header()).hasValue("Bearer one");

    Files.writeString(file, "two\n");

    assertThat(credentials.header()).hasValue("Bearer two");
  }

  @Test
  void backend_showsItsAddressAndNoCredential() {
    try (LogBackend backend =
        TestBackends.open(
            map("username", "me", "password", "hidden", "urls", "http://a,http://b"))) {
      assertThat(backend).hasToString("Elasticsearch[http://a,http://b]");
      assertThat(backend.type()).isEqualTo("Elasticsearch");
    }
  }

  private static ElasticsearchSettings read(String... more) {
    return ElasticsearchSettings.from(TestBackends.settings(map(more)));
  }

  private static Map<String, String> map(String... more) {
    Map<String, String> settings = new HashMap<>(Map.of("urls", "http://a", "index", "logs-*"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }
}
