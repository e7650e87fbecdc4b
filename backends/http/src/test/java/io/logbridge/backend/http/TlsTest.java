// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server and the client have one key, {@code rsa-pkcs8.pem}, whose certificate is its own. */
class TlsTest {

  private final HttpsServer server = create();
  private StoreHttp http;

  private static HttpsServer create() {
    try {
      return HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    SSLContext tls =
        Tls.from(
                settings(
                    Map.of(
                        "caFile", resource("rsa.crt"),
                        "certificateFile", resource("rsa.crt"),
                        "keyFile", resource("rsa-pkcs8.pem"))))
            .orElseThrow();
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(shown(exchange) ? 200 : 401, -1);
          }
        });
    server.start();
  }

  private static boolean shown(com.sun.net.httpserver.HttpExchange exchange) {
    try {
      return ((com.sun.net.httpserver.HttpsExchange) exchange)
              .getSSLSession()
              .getPeerCertificates()
              .length
          > 0;
    } catch (SSLPeerUnverifiedException _) {
      return false;
    }
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop(0);
  }

  @Test
  void unknownAuthority_isNotTrusted() {
    LogBackendException failure =
        catchThrowableOfType(LogBackendException.class, () -> status(Map.of()));

    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure)
        .hasMessageStartingWith("Store check: TLS fails: ")
        .hasMessageEndingWith(
            " (expected: https, and a certificate by an authority of caFile, or of the platform)");
  }

  @Test
  void namedAuthority_isTrusted() throws Exception {
    assertThat(status(Map.of("caFile", resource("rsa.crt")))).isEqualTo(401);
  }

  @Test
  void givenAuthority_isTrusted() throws Exception {
    String pem = Files.readString(Path.of(resource("rsa.crt")));

    assertThat(status(Map.of("ca", "# of the cluster\n" + pem + "\n"))).isEqualTo(401);
  }

  @Test
  void givenAuthorityThatIsNone_isRefusedAndNotShown() {
    http = open(Map.of());

    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> open(Map.of("ca", "hidden")))
        .withMessage("store.ca: (expected: certificates in PEM; or caFile, for a file's name)");
  }

  @Test
  void twoAuthorities_areRefused() {
    http = open(Map.of());

    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> open(Map.of("ca", "hidden", "caFile", resource("rsa.crt"))))
        .withMessage(
            "store.caFile: \"" + resource("rsa.crt") + "\" (expected: not set together with ca)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pkcs8.pem", "rsa-pkcs1.pem"})
  void certificate_isShown(String key) throws Exception {
    assertThat(
            status(
                Map.of(
                    "caFile", resource("rsa.crt"),
                    "certificateFile", resource("rsa.crt"),
                    "keyFile", resource(key))))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec-pkcs8.pem", "ec-sec1.pem", "ed25519.pem"})
  void keyOfOtherAlgorithms_isRead(String key) throws Exception {
    http = open(Map.of());

    assertThat(PemKey.parse(Files.readString(Path.of(resource(key)))).getAlgorithm())
        .isEqualTo(key.startsWith("ec") ? "EC" : "EdDSA");
  }

  @Test
  void fileWithoutKey_isNamed(@TempDir Path folder) throws Exception {
    http = open(Map.of());
    Path file = Files.writeString(folder.resolve("key.pem"), "hidden");

    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(
            () -> open(Map.of("certificateFile", resource("rsa.crt"), "keyFile", file.toString())))
        .withMessageStartingWith("store.keyFile: \"" + file + "\" (expected: the private key")
        .withMessageNotContaining("hidden");
  }

  @Test
  void halfOfAPair_isRefused() {
    http = open(Map.of());

    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> open(Map.of("certificateFile", resource("rsa.crt"))))
        .withMessageStartingWith("store.keyFile: not set");
  }

  @Test
  void fileWithoutCertificate_isNamed() {
    http = open(Map.of());

    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> open(Map.of("caFile", resource("rsa-pkcs8.pem"))))
        .withMessageContaining("certificates in PEM");
  }

  private int status(Map<String, String> files) throws Exception {
    http = open(files);
    return http.call(
        StoreRequest.get("check", "/"),
        Deadline.after(Duration.ofSeconds(30)),
        StoreAnswer::status);
  }

  private StoreHttp open(Map<String, String> files) {
    Map<String, String> all = new HashMap<>(files);
    all.put("url", "https://localhost:" + server.getAddress().getPort());
    return new StoreHttp(
        "Store", Connection.from(settings(all), "x", new Credentials.None()), 1 << 20);
  }

  private static Settings settings(Map<String, String> values) {
    Map<String, String> below = new HashMap<>();
    values.forEach((key, value) -> below.put("store." + key, value));
    return Settings.of(Config.just(ConfigSources.create(below)), Map.of()).section("store");
  }

  private static String resource(String name) {
    return Path.of("src/test/resources/io/logbridge/backend/http", name).toString();
  }
}
