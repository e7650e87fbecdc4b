// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.embedded.elasticsearch.EmbeddedElasticsearch;
import io.logbridge.embedded.elasticsearch.Options;
import io.logbridge.embedded.elasticsearch.User;
import io.logbridge.embedded.elasticsearch.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {

  private static final ContainerRef CONTAINER =
      new ContainerRef("ci", "build-pod", null, "step-build");
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final LogQuery QUERY =
      LogQuery.forward(CONTAINER, new TimeRange(START, START.plusSeconds(3600)));
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();

  @Test
  void nodeThatIsDown_isPassedOver() throws Exception {
    TestStore store = storeWithOneLine("down-2026.11.20");
    String down;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      down = "http://127.0.0.1:" + closed.getLocalPort();
    }
    try (LogBackend backend =
        TestBackends.open(
            Map.of("urls", down + "," + store.uri(), "index", "down-{date:yyyy.MM.dd}"))) {
      for (int i = 0; i < 4; i++) {
        assertThat(Reading.all(backend, QUERY)).extracting(LogEntry::text).containsExactly("a");
      }
    }
  }

  @Test
  void requests_nameTheIndicesOfTheWindowOnly() throws Exception {
    TestStore store = storeWithOneLine("window-2026.11.20");
    try (RecordingProxy proxy = new RecordingProxy(store.uri(), null);
        LogBackend backend =
            TestBackends.open(Map.of("urls", proxy.url(), "index", "window-{date:yyyy.MM.dd}"))) {
      assertThat(Reading.all(backend, QUERY)).extracting(LogEntry::text).containsExactly("a");

      assertThat(proxy.requests())
          .extracting(RecordingProxy.Request::path)
          .startsWith("/window-2026.11.20/_field_caps", "/window-2026.11.20/_pit", "/_search");
      assertThat(proxy.requests())
          .extracting(RecordingProxy.Request::userAgent)
          .containsOnly("logbridge/dev");
    }
  }

  @ParameterizedTest
  @CsvSource({"apiKey, ApiKey hidden", "token, Bearer hidden"})
  void credential_isSentWithEveryRequest(String key, String header) throws Exception {
    TestStore store = storeWithOneLine("credential-2026.11.20");
    try (RecordingProxy proxy = new RecordingProxy(store.uri(), null);
        LogBackend backend =
            TestBackends.open(
                Map.of("urls", proxy.url(), "index", "credential-*", key, "hidden"))) {
      assertThat(Reading.all(backend, QUERY)).hasSize(1);

      assertThat(proxy.requests())
          .extracting(RecordingProxy.Request::authorization)
          .containsOnly(header);
    }
  }

  @Test
  void users_areLetInOrRefused() throws Exception {
    User writer = new User("writer", "writer-password", List.of("superuser"));
    User nobody = new User("nobody", "nobody-password", List.of());
    try (EmbeddedElasticsearch store =
        EmbeddedElasticsearch.start(Options.of(Version.V9).withUsers(writer, nobody))) {
      String url = store.uri().toString();
      assertThat(checkFailure(Map.of("urls", url, "index", "a-*")).reason())
          .isEqualTo(Reason.ACCESS_DENIED);
      assertThat(checkFailure(login(url, "writer", "wrong-password")).reason())
          .isEqualTo(Reason.ACCESS_DENIED);
      assertThat(checkFailure(login(url, "nobody", "nobody-password")).reason())
          .isIn(Reason.ACCESS_DENIED, Reason.NOT_FOUND);
      LogBackendException noIndex = checkFailure(login(url, "writer", "writer-password"));
      assertThat(noIndex.reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(noIndex).hasMessageContaining("a-*");
    }
  }

  @Test
  void ownCertificateAuthority_isTrustedIfNamed(@TempDir Path folder) throws Exception {
    TestStore store = storeWithOneLine("tls-2026.11.20");
    KeyStore keys = selfSigned(folder.resolve("keys.p12"));
    Path caFile = folder.resolve("ca.pem");
    Files.writeString(caFile, pem(keys.getCertificate("key")));
    try (RecordingProxy proxy = new RecordingProxy(store.uri(), tls(keys))) {
      Map<String, String> settings = Map.of("urls", proxy.url(), "index", "tls-*");
      LogBackendException failure = checkFailure(settings);
      assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("TLS fails");
      try (LogBackend backend =
          TestBackends.open(
              Map.of("urls", proxy.url(), "index", "tls-*", "caFile", caFile.toString()))) {
        assertThat(Reading.all(backend, QUERY)).hasSize(1);
      }
    }
  }

  @Test
  void compressedAnswers_areRead() throws Exception {
    TestStore store = storeWithOneLine("gzip-2026.11.20");
    try (LogBackend backend = TestBackends.open(store, "gzip-*", "compression", "true")) {
      assertThat(Reading.all(backend, QUERY)).hasSize(1);
    }
  }

  private static Map<String, String> login(String url, String username, String password) {
    return Map.of("urls", url, "index", "a-*", "username", username, "password", password);
  }

  private static LogBackendException checkFailure(Map<String, String> settings) {
    try (LogBackend backend = TestBackends.open(settings)) {
      return catchThrowableOfType(
          LogBackendException.class, () -> backend.check(Deadline.after(Duration.ofSeconds(30))));
    }
  }

  private static TestStore storeWithOneLine(String index) throws Exception {
    TestStore store = TestStore.of(Version.V9);
    if (store.isAbsent(index)) {
      store.index(
          index,
          """
          {"@timestamp":"2026-11-20T08:00:01.000000001Z","log":"a\\n","kubernetes":{
           "namespace_name":"ci","pod_name":"build-pod","pod_id":"x",
           "container_name":"step-build"}}\
          """);
    }
    return store;
  }

  private static KeyStore selfSigned(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(STORE_PASSWORD))
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return KeyStore.getInstance(file.toFile(), STORE_PASSWORD);
  }

  private static SSLContext tls(KeyStore keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, STORE_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static String pem(Certificate certificate) throws IOException {
    try {
      String base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
  }
}
