// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.logbridge.backend.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TektonSettingsTest {

  /** As Tekton Results is shipped, with what its Secret adds. */
  private static final String SHIPPED =
      """
      DB_USER=tekton
      DB_PASSWORD="p$ss=word"
      DB_HOST=tekton-results-postgres-service.tekton-pipelines.svc.cluster.local
      DB_PORT=5432
      DB_NAME=tekton-results
      DB_SSLMODE=disable
      DB_SSLROOTCERT=
      DB_ENABLE_AUTO_MIGRATION=true
      DB_MAX_IDLE_CONNECTIONS=10
      DB_MAX_OPEN_CONNECTIONS=10
      GRPC_WORKER_POOL=2
      K8S_QPS=5
      K8S_BURST=10
      PROFILING=false
      PROFILING_PORT=6060
      SERVER_PORT=8080
      PROMETHEUS_PORT=9090
      PROMETHEUS_HISTOGRAM=false
      TLS_PATH=/etc/no-such-directory
      AUTH_DISABLE=false
      AUTH_IMPERSONATE=true
      LOG_LEVEL=info
      LOGS_API=false
      LOGS_TYPE=File
      LOGS_BUFFER_SIZE=32768
      LOGS_PATH=/logs
      # comment
      LOGGING_PLUGIN_FORWARDER_DELAY_DURATION=10
      """;

  @TempDir private Path directory;

  @Test
  void theShippedFileIsTranslated() throws IOException {
    assertThat(translate(Map.of(), SHIPPED, Map.of()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(
                    "LOGBRIDGE_DATABASE_URL",
                    "jdbc:postgresql://tekton-results-postgres-service.tekton-pipelines.svc"
                        + ".cluster.local:5432/tekton-results?sslmode=disable"),
                Map.entry("LOGBRIDGE_DATABASE_USER", "tekton"),
                Map.entry("LOGBRIDGE_DATABASE_PASSWORD", "p$ss=word"),
                Map.entry("LOGBRIDGE_DATABASE_MIGRATE", "true"),
                Map.entry("LOGBRIDGE_DATABASE_POOL_SIZE", "10"),
                Map.entry("LOGBRIDGE_SERVER_HOST", "0.0.0.0"),
                Map.entry("LOGBRIDGE_SERVER_PORT", "8080"),
                Map.entry("LOGBRIDGE_SERVER_OPERATIONS_PORT", "9090"),
                Map.entry("LOGBRIDGE_SERVER_CALL_DURATIONS", "false"),
                Map.entry("LOGBRIDGE_SERVER_LOG_LEVEL", "info"),
                Map.entry("LOGBRIDGE_AUTH_MODE", "kubernetes"),
                Map.entry("LOGBRIDGE_AUTH_IMPERSONATION", "true"),
                Map.entry("LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "None"),
                Map.entry("LOGBRIDGE_LOGS_FORWARDER_DELAY", "10m")));
  }

  @Test
  void theEnvironmentOverridesTheFileOfTektonResults() throws IOException {
    assertThat(translate(Map.of(), SHIPPED, Map.of("SERVER_PORT", "8081")))
        .containsEntry("LOGBRIDGE_SERVER_PORT", "8081");
  }

  @Test
  void ourOwnKeysWin() throws IOException {
    Map<String, String> translated =
        translate(
            Map.of("server.port", "1", "logStorage.backendType", "Elasticsearch"),
            SHIPPED.replace("LOGS_API=false", "LOGS_API=true"),
            Map.of("LOGBRIDGE_DATABASE_USER", "own"));

    assertThat(translated)
        .containsEntry("LOGBRIDGE_DATABASE_USER", "own")
        .doesNotContainKeys("LOGBRIDGE_SERVER_PORT", "LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE");
  }

  /** {@code DB_PORT} may come from a Service that is called "db". */
  @Test
  void aVariableByChanceIsNoDeploymentOfTektonResults() {
    Map<String, String> environment = Map.of("DB_PORT", "tcp://10.0.0.1:5432", "LOGS_TYPE", "x");

    assertThat(
            TektonSettings.under(
                Config.empty(),
                environment,
                TektonEnvironment.read(directory.resolve("none"), environment)))
        .isEqualTo(environment);
  }

  @Test
  void withoutAuthenticationThereTheServerListensWithoutHere() throws IOException {
    assertThat(translate(Map.of(), "DB_HOST=db\nAUTH_DISABLE=true", Map.of()))
        .containsEntry("LOGBRIDGE_AUTH_MODE", "none")
        .containsEntry("LOGBRIDGE_AUTH_ALLOW_UNAUTHENTICATED_REMOTE", "true");
  }

  @Test
  void aVerifiedConnectionStaysOne() throws IOException {
    assertThat(
            translate(
                Map.of(),
                "DB_HOST=db\nDB_SSLMODE=verify-full\nDB_SSLROOTCERT=/etc/ca & co.crt",
                Map.of()))
        .containsEntry(
            "LOGBRIDGE_DATABASE_URL",
            "jdbc:postgresql://db:5432/tekton-results?sslmode=verify-full"
                + "&sslrootcert=%2Fetc%2Fca+%26+co.crt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LOGS_TYPE=File", "LOGS_TYPE=S3", "LOGS_TYPE=Elasticsearch"})
  void withoutLogsThereTheServerHasRecordsAlone(String type) throws IOException {
    assertThat(translate(Map.of(), "DB_HOST=db\nLOGS_API=false\n" + type, Map.of()))
        .containsEntry("LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", "None");
  }

  /** Tekton Results serves them over REST then. */
  @ParameterizedTest
  @ValueSource(strings = {"Loki", "splunk"})
  void logsOfAPluginAreServedAlsoWithoutTheLogsApi(String type) throws IOException {
    assertThat(translate(Map.of(), "DB_HOST=db\nLOGS_API=false\nLOGS_TYPE=" + type, Map.of()))
        .containsEntry("LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE", type);
  }

  @Test
  void whereNobodySaysWhetherThereAreLogsNothingIsMadeUp() throws IOException {
    assertThat(translate(Map.of(), "DB_HOST=db", Map.of()))
        .doesNotContainKey("LOGBRIDGE_LOG_STORAGE_BACKEND_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"File", "S3", "GCS", "blob"})
  void logsThatTektonResultsKeepsItselfStopTheStart(String type) {
    assertThatThrownBy(
            () -> translate(Map.of(), "DB_HOST=db\nLOGS_API=true\nLOGS_TYPE=" + type, Map.of()))
        .hasMessage(
            "LOGS_TYPE: \""
                + type
                + "\" (expected: loki or splunk, or logStorage.backendType: logs that Tekton"
                + " Results keeps itself are not served here)");
  }

  @Test
  void aLokiThatItsPluginAsksIsAskedHere() throws IOException {
    assertThat(
            logStorage(
                """
                LOGS_TYPE=Loki
                LOGGING_PLUGIN_API_URL=https://loki.example.org/
                LOGGING_PLUGIN_TOKEN_PATH=/var/run/secrets/token
                LOGGING_PLUGIN_NAMESPACE_KEY=k8s_namespace
                LOGGING_PLUGIN_CONTAINER_KEY=kubernetes.container_name
                LOGGING_PLUGIN_STATIC_LABELS=log_type=application,env=prod
                LOGGING_PLUGIN_TLS_VERIFICATION_DISABLE=true
                LOGGING_PLUGIN_CA_CERT=PEM
                LOGGING_PLUGIN_QUERY_LIMIT=1700
                LOGGING_PLUGIN_QUERY_PARAMS=direction=forward
                """))
        .containsExactlyInAnyOrderEntriesOf(
            inPairs(
                "BACKEND_TYPE",
                "Loki",
                "LOKI_URL",
                "https://loki.example.org/api/logs/v1/application",
                "LOKI_TOKEN_FILE",
                "/var/run/secrets/token",
                "LOKI_CA",
                "PEM",
                "LOKI_LABELS_PRESET",
                "viaq",
                "LOKI_LABELS_NAMESPACE",
                "k8s_namespace",
                "LOKI_LABELS_POD",
                "",
                "LOKI_LABELS_CONTAINER",
                "",
                "LOKI_LINE_CONTAINER",
                "kubernetes.container_name",
                "LOKI_LABELS_ALWAYS",
                "log_type=application,env=prod"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "http://loki:3100 | none | http://loki:3100/api/logs/v1/application",
        "http://loki:3100 | LOGGING_PLUGIN_PROXY_PATH= | http://loki:3100",
        "http://loki:3100/ | LOGGING_PLUGIN_PROXY_PATH='' | http://loki:3100",
        "http://loki:3100 | LOGGING_PLUGIN_PROXY_PATH=/ | http://loki:3100",
        "http://loki:3100/a/ | LOGGING_PLUGIN_PROXY_PATH=/b/c/ | http://loki:3100/a/b/c",
      })
  void pathOfTheProxy_mayBeNone(String url, String line, String expected) throws IOException {
    assertThat(
            logStorage(
                "LOGS_TYPE=loki\nLOGGING_PLUGIN_API_URL=%s\n%s\n"
                    .formatted(url, line == null ? "" : line)))
        .containsEntry("LOKI_URL", expected);
  }

  /** As viper, which reads them there, has it. */
  @Test
  void emptyVariable_leavesTheFileAsItIs() throws IOException {
    String file = "DB_HOST=db\nLOGS_TYPE=loki\nLOGGING_PLUGIN_API_URL=http://loki:3100\n";
    Map<String, String> empty = Map.of("LOGGING_PLUGIN_PROXY_PATH", "");
    String url = "LOGBRIDGE_LOG_STORAGE_LOKI_URL";

    assertThat(translate(Map.of(), file + "LOGGING_PLUGIN_PROXY_PATH=/x", empty))
        .containsEntry(url, "http://loki:3100/x");
    assertThat(translate(Map.of(), file, empty)).containsEntry(url, "http://loki:3100");
  }

  @Test
  void labelsOfOurOwn_winOverNone() throws IOException {
    assertThat(
            translate(
                Map.of("logStorage.loki.labels.pod", "kubernetes_pod_name"),
                "DB_HOST=db\nLOGS_TYPE=loki\nLOGGING_PLUGIN_API_URL=http://loki:3100\n",
                Map.of()))
        .containsEntry("LOGBRIDGE_LOG_STORAGE_LOKI_LABELS_CONTAINER", "")
        .doesNotContainKey("LOGBRIDGE_LOG_STORAGE_LOKI_LABELS_POD");
  }

  /** As if its names of labels were none; what all streams have is no matter of the shipper. */
  @Test
  void aPresetOfOurOwn_isWhole() throws IOException {
    Map<String, String> translated =
        translate(
            Map.of("logStorage.loki.labels.preset", "promtail"),
            "DB_HOST=db\nLOGS_TYPE=loki\nLOGGING_PLUGIN_API_URL=http://loki:3100\n"
                + "LOGGING_PLUGIN_NAMESPACE_KEY=a\nLOGGING_PLUGIN_CONTAINER_KEY=b\n"
                + "LOGGING_PLUGIN_STATIC_LABELS=c=d\n",
            Map.of());

    assertThat(translated.keySet().stream().filter(key -> key.contains("_LOKI_L")))
        .containsExactly("LOGBRIDGE_LOG_STORAGE_LOKI_LABELS_ALWAYS");
  }

  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD=x, database.passwordFile, f, DATABASE_PASSWORD",
    "LOGGING_PLUGIN_TOKEN_PATH=x, logStorage.loki.token, t, LOG_STORAGE_LOKI_TOKEN_FILE",
    "LOGGING_PLUGIN_TOKEN_PATH=x, logStorage.loki.username, u, LOG_STORAGE_LOKI_TOKEN_FILE",
    "LOGGING_PLUGIN_TOKEN_PATH=x, logStorage.loki.credentials, Caller,"
        + " LOG_STORAGE_LOKI_TOKEN_FILE",
    "LOGGING_PLUGIN_CA_CERT=x, logStorage.loki.caFile, f, LOG_STORAGE_LOKI_CA",
    "LOGGING_PLUGIN_TLS_VERIFICATION_DISABLE=true, logStorage.loki.caFile, f, LOG_STORAGE_LOKI_CA",
  })
  void whatWeSayInAnotherWay_isNotSaidTwice(String there, String key, String value, String variable)
      throws IOException {
    String file = "DB_HOST=db\nLOGS_TYPE=loki\n" + there;

    assertThat(translate(Map.of(key, value), file, Map.of()))
        .doesNotContainKey("LOGBRIDGE_" + variable);
    assertThat(translate(Map.of(), file, Map.of(Settings.variable(key), value)))
        .doesNotContainKey("LOGBRIDGE_" + variable);
  }

  @Test
  void ourOwnCredentialsByName_takeTheTokenOfTektonResults() throws IOException {
    assertThat(
            translate(
                Map.of("logStorage.loki.credentials", "logbridge"),
                "DB_HOST=db\nLOGS_TYPE=loki\nLOGGING_PLUGIN_TOKEN_PATH=x",
                Map.of()))
        .containsEntry("LOGBRIDGE_LOG_STORAGE_LOKI_TOKEN_FILE", "x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOGS_TYPE=loki;LOGGING_PLUGIN_QUERY_LIMIT=1700;LOGGING_PLUGIN_MULTIPART_REGEX= |"
            + " LOGGING_PLUGIN_JSON_MAP={} | LOGGING_PLUGIN_JSON_MAP LOGGING_PLUGIN_QUERY_LIMIT",
        "LOGS_TYPE=loki;LOGGING_PLUGIN_QUERY_PARAMS=direction=forward | PATH=/bin |"
            + " LOGGING_PLUGIN_QUERY_PARAMS",
        "LOGS_TYPE=splunk;LOGGING_PLUGIN_QUERY_PARAMS=index=ci;WHO_KNOWS=1 | S3_REGION=x |"
            + " S3_REGION WHO_KNOWS",
        "LOGS_API=false;LOGGING_PLUGIN_API_URL=http://x | DB_USER=u | LOGGING_PLUGIN_API_URL",
      })
  void whatHasNoEffect_isNamed(String file, String variable, String names) throws IOException {
    Path path =
        Files.writeString(directory.resolve("config"), "DB_HOST=db\n" + file.replace(';', '\n'));
    String[] pair = variable.split("=");
    Map<String, String> environment = Map.of(pair[0], pair[1]);
    TektonEnvironment tekton = TektonEnvironment.read(path, environment);

    TektonSettings.under(Config.empty(), environment, tekton);

    assertThat(tekton.unused()).containsExactly(names.split(" "));
  }

  @Test
  void whereThereIsNoTektonResults_nothingOfItHasNoEffect() {
    Map<String, String> environment = Map.of("S3_REGION", "x");

    assertThat(TektonEnvironment.read(directory.resolve("none"), environment).unused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2,1.2",
    "TLS1.2,1.2",
    "TLSv1.2,1.2",
    "771,1.2",
    "1.3,1.3",
    "TLS1.3,1.3",
    "TLSv1.3,1.3",
    "772,1.3"
  })
  void itsVersionsOfTlsAreOurs(String there, String here) throws IOException {
    assertThat(translate(Map.of(), "DB_HOST=db\nTLS_MIN_VERSION=" + there, Map.of()))
        .containsEntry("LOGBRIDGE_SERVER_TLS_MIN_VERSION", here);
  }

  @Test
  void itsCipherSuitesAndCurvesAreOurs() throws IOException {
    String suites = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256";

    assertThat(
            translate(
                Map.of(),
                "DB_HOST=db\nTLS_CURVE_PREFERENCES=X25519,P256,CurveP384,25\nTLS_CIPHER_SUITES="
                    + suites,
                Map.of()))
        .containsEntry(
            "LOGBRIDGE_SERVER_TLS_CIPHER_SUITES",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_AES_128_GCM_SHA256")
        .containsEntry("LOGBRIDGE_SERVER_TLS_NAMED_GROUPS", "x25519,secp256r1,secp384r1,secp521r1");
  }

  @Test
  void aSplunkThatItsPluginAsksIsAskedHere() throws IOException {
    assertThat(
            logStorage(
                """
                LOGS_TYPE=splunk
                LOGGING_PLUGIN_API_URL=https://splunk.example.org:8089
                LOGGING_PLUGIN_NAMESPACE_KEY=kubernetes.namespace_name
                LOGGING_PLUGIN_CONTAINER_KEY=kubernetes.container_name
                LOGGING_PLUGIN_QUERY_PARAMS=output=json&index=ci
                SPLUNK_SEARCH_TOKEN=t0ken
                """))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "BACKEND_TYPE",
                "splunk",
                "SPLUNK_URL",
                "https://splunk.example.org:8089",
                "SPLUNK_TOKEN",
                "t0ken",
                "SPLUNK_INDEX",
                "ci",
                "SPLUNK_FIELDS_PRESET",
                "viaq",
                "SPLUNK_FIELDS_NAMESPACE",
                "kubernetes.namespace_name",
                "SPLUNK_FIELDS_CONTAINER",
                "kubernetes.container_name"));
  }

  @ParameterizedTest
  @CsvSource({
    "debug,debug",
    "info,info",
    "WARN,warning",
    "error,error",
    "fatal,error",
  })
  void itsLevelsAreOurs(String there, String here) throws IOException {
    assertThat(translate(Map.of(), "DB_HOST=db\nLOG_LEVEL=" + there, Map.of()))
        .containsEntry("LOGBRIDGE_SERVER_LOG_LEVEL", here);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LOGS_TYPE=kafka | LOGS_TYPE: \"kafka\" (expected: loki or splunk, or"
            + " logStorage.backendType)",
        "LOGS_TYPE=loki;LOG_LEVEL=loud | LOG_LEVEL: \"loud\" (expected: debug, info, warn or error)",
        "LOGS_TYPE=loki;LOGGING_PLUGIN_TLS_VERIFICATION_DISABLE=true |"
            + " LOGGING_PLUGIN_TLS_VERIFICATION_DISABLE: \"true\" (expected: false: certificates"
            + " are always verified, and LOGGING_PLUGIN_CA_CERT, or caFile under logStorage, says"
            + " by whom)",
        "TLS_MIN_VERSION=1.1 | TLS_MIN_VERSION: \"1.1\" (expected: 1.2 or 1.3)",
        "TLS_CURVE_PREFERENCES=P256,X25519Kyber768Draft00 | TLS_CURVE_PREFERENCES:"
            + " \"X25519Kyber768Draft00\" (expected: some of X25519, P256, P384, P521)",
        "LOGS_TYPE=loki;LOGGING_PLUGIN_CONTAINER_KEY=a[\"b\"] | LOGGING_PLUGIN_CONTAINER_KEY:"
            + " \"a[\"b\"]\" (expected: keys with dots between, as in kubernetes.container_name)",
      })
  void whatCannotBeHonouredStopsTheStart(String lines, String message) {
    String file = "DB_HOST=db\nLOGS_API=true\n" + lines.replace(';', '\n');

    assertThatThrownBy(() -> translate(Map.of(), file, Map.of())).hasMessage(message);
  }

  @Test
  void aCipherSuiteThatIsNoneStopsTheStart() {
    assertThatThrownBy(() -> translate(Map.of(), "DB_HOST=db\nTLS_CIPHER_SUITES=RC4-SHA", Map.of()))
        .hasMessageStartingWith(
            "TLS_CIPHER_SUITES: \"RC4-SHA\" (expected: some of TLS_AES_128_GCM_SHA256, ");
  }

  private static Map<String, String> inPairs(String... keysAndValues) {
    return IntStream.range(0, keysAndValues.length / 2)
        .boxed()
        .collect(Collectors.toMap(i -> keysAndValues[2 * i], i -> keysAndValues[2 * i + 1]));
  }

  private Map<String, String> logStorage(String plugin) throws IOException {
    String prefix = "LOGBRIDGE_LOG_STORAGE_";
    return translate(Map.of(), "DB_HOST=db\nLOGS_API=true\n" + plugin, Map.of()).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SERVER_PORT=http | SERVER_PORT: \"http\" (expected: a whole number)",
        "AUTH_DISABLE=off | AUTH_DISABLE: \"off\" (expected: true or false)",
      })
  void aValueThatIsNoneStopsTheStart(String line, String message) {
    assertThatThrownBy(() -> translate(Map.of(), "DB_HOST=db\n" + line, Map.of()))
        .hasMessage(message);
  }

  @Test
  void aCertificateInItsPathIsOurs() throws IOException {
    Files.writeString(directory.resolve("tls.crt"), "a certificate");

    assertThat(translate(Map.of(), "DB_HOST=db\nTLS_PATH=" + directory, Map.of()))
        .containsEntry(
            "LOGBRIDGE_SERVER_TLS_CERTIFICATE_FILE", directory.resolve("tls.crt").toString())
        .containsEntry("LOGBRIDGE_SERVER_TLS_KEY_FILE", directory.resolve("tls.key").toString());
  }

  private Map<String, String> translate(
      Map<String, String> own, String file, Map<String, String> environment) throws IOException {
    Path path = Files.writeString(directory.resolve("config"), file);
    Config config = own.isEmpty() ? Config.empty() : Config.just(ConfigSources.create(own));
    Map<String, String> result =
        TektonSettings.under(config, environment, TektonEnvironment.read(path, environment));
    return result.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("LOGBRIDGE_"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
