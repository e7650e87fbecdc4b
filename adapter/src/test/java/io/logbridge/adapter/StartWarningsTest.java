// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartWarningsTest {

  private static final Map<String, String> MINIMAL =
      Map.of(
          "LOGBRIDGE_DATABASE_URL", "jdbc:postgresql://db/x",
          "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "Loki",
          "LOGBRIDGE_LOG_STORAGE_LOKI_URL", "http://loki");

  @TempDir private Path folder;

  private static Optional<String> warnings(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(MINIMAL);
    environment.putAll(more);
    return StartWarnings.of(config(environment), 8080);
  }

  private static AdapterConfig config(Map<String, String> environment) {
    AdapterConfig config = ConfigLoader.load(null, environment);
    config.backend().close();
    return config;
  }

  @Test
  void tokensInClearText_areWarnedOf() {
    assertThat(warnings(Map.of("LOGBRIDGE_SERVER_HOST", "0.0.0.0")))
        .contains(
            "server.tls is not set and server.host is 0.0.0.0: whoever sees the traffic of port"
                + " 8080 sees the tokens of its callers");
  }

  @Test
  void clearTextOnLoopbackAndTls_areNotWarnedOf() throws IOException {
    String certificate = Files.createFile(folder.resolve("tls.crt")).toString();
    String key = Files.createFile(folder.resolve("tls.key")).toString();

    assertThat(warnings(Map.of())).isEmpty();
    assertThat(
            warnings(
                Map.of(
                    "LOGBRIDGE_SERVER_HOST", "0.0.0.0",
                    "LOGBRIDGE_SERVER_TLS_CERTIFICATE_FILE", certificate,
                    "LOGBRIDGE_SERVER_TLS_KEY_FILE", key)))
        .isEmpty();
  }

  @Test
  void noAuthentication_isWarnedOf() {
    assertThat(warnings(Map.of("LOGBRIDGE_AUTH_MODE", "none")))
        .contains("auth.mode is none: everybody who reaches port 8080 can read every log");
  }

  @Test
  void settingsOfTektonResultsWithoutEffect_areNamed() {
    Map<String, String> environment = new HashMap<>(MINIMAL);
    environment.put("DB_HOST", "db");
    environment.put("LOGGING_PLUGIN_QUERY_LIMIT", "1700");
    environment.put("K8S_QPS", "5");

    assertThat(StartWarnings.unused(config(environment)))
        .contains(
            "settings of Tekton Results without effect here: K8S_QPS, LOGGING_PLUGIN_QUERY_LIMIT");
    assertThat(StartWarnings.unused(config(MINIMAL))).isEmpty();
  }
}
