// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Holds docs/configuration.md against the keys that the server really reads. */
@TestInstance(Lifecycle.PER_CLASS)
class ConfigurationDocsTest {

  private static final Path DOCS = Path.of("../docs/configuration.md");

  private Set<String> documented;
  private Set<String> read;

  @BeforeAll
  void loadOnce() throws IOException {
    documented = new TreeSet<>();
    for (String line : Files.readAllLines(DOCS)) {
      if (line.startsWith("| `")) {
        Matcher keys = Pattern.compile("`([^`]+)`").matcher(line.split("\\|", -1)[1]);
        while (keys.find()) {
          documented.add(keys.group(1));
        }
      }
    }
    read = new TreeSet<>();
    read(
        "Elasticsearch",
        Map.of(
            "LOGBRIDGE_LOG_STORAGE_ELASTICSEARCH_URLS", "http://es:9200",
            "LOGBRIDGE_LOG_STORAGE_ELASTICSEARCH_INDEX", "logs-*"));
    read("Loki", Map.of("LOGBRIDGE_LOG_STORAGE_LOKI_URL", "http://loki:3100"));
    read(
        "Splunk",
        Map.of(
            "LOGBRIDGE_LOG_STORAGE_SPLUNK_URL", "https://splunk:8089",
            "LOGBRIDGE_LOG_STORAGE_SPLUNK_INDEX", "main"));
  }

  private void read(String backendType, Map<String, String> ofBackend) {
    Map<String, String> environment = new HashMap<>(ofBackend);
    environment.put("LOGBRIDGE_AUTH_MODE", "none");
    environment.put("LOGBRIDGE_DATABASE_URL", "jdbc:postgresql://db/x");
    environment.put("LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", backendType);
    Settings settings = Settings.of(ConfigLoader.parse(null), environment);
    ConfigLoader.load(settings, Set.of()).backend().close();
    read.addAll(settings.knownKeys());
  }

  @Test
  void everyKeyThatIsRead_isDocumented() {
    assertThat(documented).containsAll(read);
  }

  @Test
  void everyKeyThatIsDocumented_isRead() {
    assertThat(read).containsAll(documented);
  }
}
