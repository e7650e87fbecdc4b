// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.RequestHeaderConfig;
import io.logbridge.adapter.stream.LogSettings.Prefix;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.SettingsException;
import io.logbridge.backend.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

  private static final String MINIMAL =
      """
      auth:
        mode: none
      database:
        url: jdbc:postgresql://db:5432/tekton-results
      logStorage:
        backendType: Elasticsearch
        elasticsearch:
          urls: [http://es:9200]
          index: logstash-{date:yyyy.MM.dd}
      """;

  @TempDir private Path folder;

  @Test
  void aMinimalFile_getsTheDefaults() throws IOException {
    AdapterConfig config = load(MINIMAL, Map.of());

    assertThat(config.server())
        .isEqualTo(
            new ServerConfig(
                "127.0.0.1",
                8080,
                9090,
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                false,
                false,
                new ServerConfig.Log(ServerConfig.LogLevel.INFO, ServerConfig.LogForm.TEXT),
                null,
                new ServerConfig.Limits(10_000, 2_000, 4 << 20, 64 << 20, Duration.ofHours(1))));
    assertThat(config.database().url()).isEqualTo("jdbc:postgresql://db:5432/tekton-results");
    assertThat(config.logs().prefix()).isEqualTo(Prefix.AUTO);
    assertThat(config.backend().type()).isEqualTo("Elasticsearch");
    config.backend().close();
  }

  @Test
  void theEnvironment_overridesTheFile() throws IOException {
    AdapterConfig config =
        load(
            MINIMAL,
            Map.of(
                "LOGBRIDGE_SERVER_PORT", "0",
                "LOGBRIDGE_LOGS_FORWARDER_DELAY", "90s",
                "LOGBRIDGE_DATABASE_PASSWORD", "hunter2",
                "PATH", "/bin"));

    assertThat(config.server().port()).isZero();
    assertThat(config.logs().forwarderDelay()).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.database().toString()).doesNotContain("hunter2");
    config.backend().close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.port: 70000|server.port: \"70000\" (expected: a whole number from 0 to 65535)",
        "server.port: http|server.port: \"http\" (expected: a whole number from 0 to 65535)",
        "server.prot: 1|server.prot: unknown key (expected: one of callDurations, host, limits, logFormat, logLevel, operationsPort, port, reflectLogsV1alpha2, shutdownGrace, stallTimeout, tls)",
        "server.logFormat: xml|server.logFormat: \"xml\" (expected: one of text, json)",
        "sever.port: 1|sever.port: unknown key (expected: no such section)",
        "logs.skew: 5|logs.skew: \"5\" (expected: a duration from 0s to 1d, for example 30s)",
        "logs.prefix: sometimes|logs.prefix: \"sometimes\" (expected: one of auto, always, never)",
        "database.migrate: yes please|database.migrate: \"yes please\" (expected: true or false)",
        "logForwarder: Internal|logForwarder: \"Internal\" (expected: External: logs are shipped by something else)",
        "guard.breaker.failureRate: 0|guard.breaker.failureRate: \"0\" (expected: a whole number from 1 to 100)",
      })
  void aWrongKey_isNamedWithItsValueAndWhatWasExpected(String line, String message)
      throws IOException {
    String yaml = MINIMAL + line + "\n";

    assertThatThrownBy(() -> load(yaml, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(message);
  }

  @Test
  void aMissingKey_isNamedWithItsEnvironmentVariable() {
    assertThatThrownBy(() -> load(MINIMAL.replaceAll("(?m)^ *url: .*\n", ""), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "database.url: not set (expected: jdbc:postgresql://HOST:5432/DATABASE; environment:"
                + " LOGBRIDGE_DATABASE_URL)");
  }

  @Test
  void anUnknownBackend_isNamedWithThoseThatThereAre() {
    assertThatThrownBy(() -> load(MINIMAL.replace("Type: Elasticsearch", "Type: Solr"), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "logStorage.backendType: \"Solr\" (expected: one of Elasticsearch, Loki, None, Splunk)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOGBRIDGE_LOG_STORAGE_SPLUNK_URL | https://splunk:8089 |"
            + " LOGBRIDGE_LOG_STORAGE_SPLUNK_URL: \"https://splunk:8089\" (expected: nothing,"
            + " since only the store of logStorage.backendType, \"Elasticsearch\", may be"
            + " configured)",
        "LOGBRIDGE_LOG_STORAGE_SPLUNK_TOKEN | hunter2 |"
            + " LOGBRIDGE_LOG_STORAGE_SPLUNK_TOKEN: (expected: nothing, since only the store"
            + " of logStorage.backendType, \"Elasticsearch\", may be configured)",
        "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE | loki |"
            + " logStorage.elasticsearch.index: \"logstash-{date:yyyy.MM.dd}\" (expected: nothing,"
            + " since only the store of logStorage.backendType, \"loki\", may be configured)",
      })
  void twoStoresAtOnce_areOneTooMany(String variable, String value, String message) {
    String yaml = MINIMAL.replaceAll("(?m)^ *urls: .*\n", "");

    assertThatThrownBy(() -> load(yaml, Map.of(variable, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(message);
  }

  @Test
  void aStoreBesideThatOfTheType_isNamedAsInTheFile() {
    String yaml = MINIMAL + "  loki:\n    url: http://loki:3100\n";

    assertThatThrownBy(() -> load(yaml, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "logStorage.loki.url: \"http://loki:3100\" (expected: nothing, since only the"
                + " store of logStorage.backendType, \"Elasticsearch\", may be configured)");
  }

  @Test
  void aServerWithoutALogStore_refusesToLookForLogs() throws Exception {
    AdapterConfig config =
        load(MINIMAL.replaceFirst("(?s)Type: Elasticsearch.*", "Type: None\n"), Map.of());

    assertThat(config.hasLogStore()).isFalse();
    LogQuery query =
        LogQuery.forward(
            new ContainerRef("ns", "pod", null, "step"), new TimeRange(Instant.EPOCH, null));
    try (LogReader reader = config.backend().open(query)) {
      assertThatExceptionOfType(LogBackendException.class)
          .isThrownBy(() -> reader.read(Deadline.never()))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MISCONFIGURED))
          .withMessageContaining("logStorage.backendType: None");
    }
  }

  @Test
  void anUnknownEnvironmentVariableOfOurs_isRefused() {
    assertThatThrownBy(() -> load(MINIMAL, Map.of("LOGBRIDGE_SERVER_PROT", "1")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("LOGBRIDGE_SERVER_PROT: unknown environment variable");
  }

  @Test
  void withoutAuthentication_onlyLoopbackIsServedUnlessToldTwice() throws IOException {
    assertThatThrownBy(() -> load(MINIMAL, Map.of("LOGBRIDGE_SERVER_HOST", "0.0.0.0")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "server.host: \"0.0.0.0\" (expected: a loopback address, since auth.mode is none");

    load(
            MINIMAL,
            Map.of(
                "LOGBRIDGE_SERVER_HOST", "0.0.0.0",
                "LOGBRIDGE_AUTH_ALLOW_UNAUTHENTICATED_REMOTE", "true"))
        .backend()
        .close();
  }

  @Test
  void withoutAMode_theClusterIsAsked() throws IOException {
    AdapterConfig config =
        load(
            MINIMAL.replace("mode: none", "impersonation: false"),
            Map.of("LOGBRIDGE_AUTH_CACHE_ALLOWED_FOR", "1m"));

    assertThat(config.auth())
        .isEqualTo(
            new AuthConfig.Kubernetes(
                new AuthConfig.KubernetesApi(null, null, null, Duration.ofSeconds(10), 32),
                false,
                List.of(),
                new AuthConfig.Cache(Duration.ofMinutes(1), Duration.ofSeconds(5), 10_000),
                new RequestHeaderConfig.None()));
    config.backend().close();
  }

  @Test
  void frontProxies_areThoseOfAnAuthority_withTheHeadersOfKubernetesUnlessOthersAreNamed()
      throws IOException {
    AdapterConfig config =
        load(
            MINIMAL.replace(
                "mode: none",
                "requestHeader: {caFile: pom.xml, allowedNames: [one, two], usernameHeaders: [X-User]}"),
            Map.of());

    assertThat(((AuthConfig.Kubernetes) config.auth()).requestHeader())
        .isEqualTo(
            new RequestHeaderConfig.Given(
                Path.of("pom.xml"),
                new RequestHeaderConfig.Names(
                    List.of("one", "two"),
                    List.of("X-User"),
                    List.of("X-Remote-Uid"),
                    List.of("X-Remote-Group"),
                    List.of("X-Remote-Extra-"))));
    config.backend().close();
  }

  @Test
  void frontProxiesOfTheCluster_needNothingElse_andTakeNothingElse() throws IOException {
    String ofCluster = MINIMAL.replace("mode: none", "requestHeader: {fromCluster: true}");
    AdapterConfig config = load(ofCluster, Map.of());

    assertThat(((AuthConfig.Kubernetes) config.auth()).requestHeader())
        .isEqualTo(new RequestHeaderConfig.OfCluster());
    config.backend().close();
    assertThatThrownBy(
            () -> load(ofCluster, Map.of("LOGBRIDGE_AUTH_REQUEST_HEADER_ALLOWED_NAMES", "proxy")))
        .hasMessage(
            "auth.requestHeader.fromCluster: \"true\" (expected: false where caFile or"
                + " allowedNames are given: the cluster says)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOGBRIDGE_AUTH_MODE|Kerberos|auth.mode: \"Kerberos\" (expected: one of kubernetes, none)",
        "LOGBRIDGE_AUTH_KUBERNETES_URL|api:6443|auth.kubernetes.url: \"api:6443\" (expected: https://HOST:PORT)",
        "LOGBRIDGE_SERVER_TLS_MIN_VERSION|1.1|server.tls.minVersion: \"1.1\" (expected: 1.2 or 1.3)",
        "LOGBRIDGE_SERVER_TLS_NAMED_GROUPS|x25519,P-256|server.tls.namedGroups: \"P-256\" (expected: some of ffdhe2048, ffdhe3072, ffdhe4096, ffdhe6144, ffdhe8192, secp256r1, secp384r1, secp521r1, x25519, x448)",
        "LOGBRIDGE_SERVER_TLS_KEY_FILE|/none|server.tls.keyFile: \"/none\" (expected: a file that can be read)",
        "LOGBRIDGE_SERVER_TLS_KEY_FILE|pom.xml|server.tls.certificateFile: not set (expected: the certificate of the port, in PEM; environment: LOGBRIDGE_SERVER_TLS_CERTIFICATE_FILE)",
        "LOGBRIDGE_SERVER_LIMITS_CALLS|0|server.limits.calls: \"0\" (expected: a whole number from 1 to 1000000)",
        "LOGBRIDGE_AUTH_KUBERNETES_TOKEN|hunter2|auth.kubernetes.url: not set (expected: the address for which caFile and token are given; environment: LOGBRIDGE_AUTH_KUBERNETES_URL)",
        "LOGBRIDGE_AUTH_REQUEST_HEADER_CA_FILE|pom.xml|auth.requestHeader.allowedNames: not set (expected: the common names of proxies, or * for whoever has a certificate; environment: LOGBRIDGE_AUTH_REQUEST_HEADER_ALLOWED_NAMES)",
        "LOGBRIDGE_AUTH_REQUEST_HEADER_ALLOWED_NAMES|proxy|auth.requestHeader.caFile: not set (expected: who makes out the certificates of these names, in PEM; environment: LOGBRIDGE_AUTH_REQUEST_HEADER_CA_FILE)",
        "LOGBRIDGE_AUTH_REQUEST_HEADER_FROM_CLUSTER|maybe|auth.requestHeader.fromCluster: \"maybe\" (expected: true or false)",
      })
  void aWrongVariable_isNamedWithWhatWasExpected(String variable, String value, String message) {
    assertThatThrownBy(() -> load(MINIMAL, Map.of(variable, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(message);
  }

  @Test
  void aFileThatIsNoYaml_isRefused() {
    assertThatThrownBy(() -> load("a: [", Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("is not YAML");
  }

  @Test
  void aFileThatIsNotThere_isNamed() {
    Path missing = folder.resolve("none.yaml");

    assertThatThrownBy(() -> ConfigLoader.load(missing, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--config: \"" + missing + "\" (expected: a file that can be read)");
  }

  private AdapterConfig load(String yaml, Map<String, String> environment) throws IOException {
    return ConfigLoader.load(
        Files.writeString(folder.resolve("logbridge.yaml"), yaml), environment);
  }
}
