// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.adapter.tls.TlsSettings.ClientCertificates;
import io.logbridge.adapter.tls.TlsSettings.Version;
import io.logbridge.backend.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class TlsTest {

  private static final String LOG = "/apis/results.tekton.dev/v1alpha3/parents/ns/results/r/logs/x";

  @TempDir private static Path folder;
  private DatabaseConfig database;
  private Path certificateFile;
  private Path keyFile;
  private TestCertificate first;
  private TestCertificate second;
  private @Nullable LogbridgeServer server;

  @BeforeAll
  void makeCertificates() throws Exception {
    database = TestDatabase.empty(true);
    certificateFile = folder.resolve("tls.crt");
    keyFile = folder.resolve("tls.key");
    first = TestCertificate.create(folder, "first", "EC");
    second = TestCertificate.create(folder, "second", "RSA");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  private LogbridgeServer start(@Nullable Path clientCa, Version minVersion) throws Exception {
    first.writeTo(certificateFile, keyFile);
    return start(settings(clientCa, minVersion));
  }

  private LogbridgeServer start(TlsSettings tls) {
    ServerConfig config = TestConfig.server(tls, TestConfig.SERVER.limits());
    server =
        LogbridgeServer.start(
            TestConfig.of(config, new AuthConfig.None(), database, new ListBackend(10)));
    return server;
  }

  private TlsSettings settings(@Nullable Path clientCa, Version minVersion) {
    return new TlsSettings(
        certificateFile,
        keyFile,
        clientCa,
        ClientCertificates.REQUIRED,
        minVersion,
        List.of(),
        List.of(),
        Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void rest_isServedOverTls_inTheVersionThatTheClientAsksFor(HttpClient.Version version)
      throws Exception {
    start(null, Version.V1_2);

    HttpResponse<String> response = get(first.client(null), version);

    assertThat(response.version()).isEqualTo(version);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("record not found");
  }

  @Test
  void grpc_isServedOverTls() throws Exception {
    start(null, Version.V1_2);

    assertThat(health(null)).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void clearText_isNotServed() throws Exception {
    start(null, Version.V1_2);

    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + LOG);
      assertThatThrownBy(
              () -> http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aCertificateThatChanges_isUsedForTheNextConnection_andNoneIsDropped() throws Exception {
    start(null, Version.V1_2);
    try (HttpClient http = client(first.client(null), HttpClient.Version.HTTP_2)) {
      assertThat(get(http).statusCode()).isEqualTo(404);

      second.writeTo(certificateFile, keyFile);

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(shownCertificate()).isEqualTo(second.certificate()));
      // Trusts the first certificate alone: it can only be the connection that it has.
      assertThat(get(http).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aCertificateThatCannotBeUsed_leavesTheOneBeforeInPlace() throws Exception {
    start(null, Version.V1_2);
    Files.writeString(certificateFile, "rubbish");
    Files.writeString(keyFile, "rubbish");
    first.writeTo(certificateFile, keyFile);
    Files.writeString(keyFile, second.keyPem());

    assertThat(shownCertificate()).isEqualTo(first.certificate());
    assertThat(health(null)).isEqualTo(ServingStatus.SERVING);

    second.writeTo(certificateFile, keyFile);

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(shownCertificate()).isEqualTo(second.certificate()));
  }

  @Test
  void whereClientsNeedACertificate_oneOfTheRightAuthorityIsLetIn() throws Exception {
    Path clientCa = folder.resolve("clients.crt");
    Files.writeString(clientCa, second.certificatePem());
    start(clientCa, Version.V1_3);

    assertThat(get(first.client(second), HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(404);
    assertThat(health(second)).isEqualTo(ServingStatus.SERVING);
    assertThatThrownBy(() -> get(first.client(null), HttpClient.Version.HTTP_1_1))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(first.client(first), HttpClient.Version.HTTP_1_1))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> health(null)).hasMessageStartingWith("UNAVAILABLE");
  }

  @ParameterizedTest
  @CsvSource({
    "V1_2, TLSv1.2, true",
    "V1_2, TLSv1.3, true",
    "V1_3, TLSv1.2, false",
    "V1_3, TLSv1.3, true",
  })
  void olderVersionsOfTls_areSpokenAsConfigured(Version min, String version, boolean spoken)
      throws Exception {
    start(null, min);

    try (SSLSocket socket = connect()) {
      socket.setEnabledProtocols(new String[] {version});
      assertHandshake(socket, spoken);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, false",
    "TLSv1.3, TLS_AES_256_GCM_SHA384, true",
  })
  void cipherSuitesOfTls12_areThoseThatWereChosen(String version, String suite, boolean spoken)
      throws Exception {
    first.writeTo(certificateFile, keyFile);
    start(settings(List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), List.of()));

    try (SSLSocket socket = connect()) {
      socket.setEnabledProtocols(new String[] {version});
      socket.setEnabledCipherSuites(new String[] {suite});
      assertHandshake(socket, spoken);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, secp384r1, true",
    "TLSv1.3, secp384r1, true",
    "TLSv1.2, x25519, false",
    "TLSv1.3, x25519, false"
  })
  void keysAreExchanged_inTheGroupsThatWereChosen(String version, String group, boolean spoken)
      throws Exception {
    first.writeTo(certificateFile, keyFile);
    // The curve of the certificate is among them, as TLS 1.2 wants it.
    start(settings(List.of(), List.of("secp384r1", "secp256r1")));

    try (SSLSocket socket = connect()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {version});
      parameters.setNamedGroups(new String[] {group});
      socket.setSSLParameters(parameters);
      assertHandshake(socket, spoken);
    }
  }

  private static void assertHandshake(SSLSocket socket, boolean spoken) throws IOException {
    if (spoken) {
      socket.startHandshake();
    } else {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  private TlsSettings settings(List<String> cipherSuites, List<String> namedGroups) {
    return new TlsSettings(
        certificateFile,
        keyFile,
        null,
        ClientCertificates.REQUIRED,
        Version.V1_2,
        cipherSuites,
        namedGroups,
        Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"
      })
  void aKeyThatCannotBeUsed_stopsTheStart(String key) throws Exception {
    first.writeTo(certificateFile, keyFile);
    Files.writeString(keyFile, key);

    assertThatThrownBy(() -> start(settings(null, Version.V1_2)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "server.tls.keyFile: \""
                + keyFile
                + "\" (expected: a private key in PEM, as PKCS#8 (BEGIN PRIVATE KEY) or of RSA as"
                + " PKCS#1 (BEGIN RSA PRIVATE KEY))");
  }

  @Test
  void aKeyOfAnotherCertificate_stopsTheStart() throws Exception {
    first.writeTo(certificateFile, keyFile);
    Files.writeString(keyFile, second.keyPem());

    assertThatThrownBy(() -> start(settings(null, Version.V1_2)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "server.tls.keyFile: \"%s\" (expected: the key of the first certificate in \"%s\")"
                .formatted(keyFile, certificateFile));
  }

  @Test
  void aCertificateThatIsNone_stopsTheStart() throws Exception {
    first.writeTo(certificateFile, keyFile);
    Files.writeString(certificateFile, "rubbish");

    assertThatThrownBy(() -> start(settings(null, Version.V1_2)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "server.tls.certificateFile: \""
                + certificateFile
                + "\" (expected: certificates in PEM)");
  }

  private ServingStatus health(@Nullable TestCertificate shown) throws Exception {
    var context = GrpcSslContexts.forClient().trustManager(first.trustManagers());
    if (shown != null) {
      context.keyManager(shown.keyManagers());
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .sslContext(context.build())
            .build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(30, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } finally {
      channel.shutdownNow();
      channel.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private HttpResponse<String> get(SSLContext tls, HttpClient.Version version) throws Exception {
    try (HttpClient http = client(tls, version)) {
      return get(http);
    }
  }

  private static HttpClient client(SSLContext tls, HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(tls).version(version).build();
  }

  private HttpResponse<String> get(HttpClient http) throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + server.port() + LOG);
    return http.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
        BodyHandlers.ofString());
  }

  /** What a new connection is shown. */
  private X509Certificate shownCertificate() throws Exception {
    try (SSLSocket socket = connect()) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException _) {
      SSLContext other = second.client(null);
      try (SSLSocket socket = connect(other)) {
        socket.startHandshake();
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
      }
    }
  }

  private SSLSocket connect() throws Exception {
    return connect(first.client(null));
  }

  private SSLSocket connect(SSLContext tls) throws IOException {
    return (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", server.port());
  }
}
