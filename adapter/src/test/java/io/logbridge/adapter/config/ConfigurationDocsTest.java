// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Settings settings =
        Settings.of(
            ConfigLoader.parse(null),
            Map.of(
                "LOGBRIDGE_AUTH_MODE", "none",
                "LOGBRIDGE_DATABASE_URL", "jdbc:postgresql://db/x",
                "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "Elasticsearch",
                "LOGBRIDGE_LOG_STORAGE_ELASTICSEARCH_URLS", "http://es:9200",
                "LOGBRIDGE_LOG_STORAGE_ELASTICSEARCH_INDEX", "logs-*"));
    ConfigLoader.load(settings).backend().close();
    read = new TreeSet<>(settings.knownKeys());
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
