// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.TestCertificate;
import io.logbridge.adapter.TestConfig;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.adapter.tls.TlsSettings.ClientCertificates;
import io.logbridge.adapter.tls.TlsSettings.Version;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The ways in which HTTP comes to the one port. Java's client has HTTP/2 over TLS only. */
enum HttpFace {
  HTTP_1_1(HttpClient.Version.HTTP_1_1, null),

  HTTP_2_OVER_TLS(HttpClient.Version.HTTP_2, new Certificate());

  final HttpClient.Version version;
  private final @Nullable Certificate certificate;

  HttpFace(HttpClient.Version version, @Nullable Certificate certificate) {
    this.version = version;
    this.certificate = certificate;
  }

  /** Made when it is first needed, and used by all. */
  private static final class Certificate {
    private @Nullable TlsSettings settings;
    private @Nullable SSLContext client;

    synchronized TlsSettings settings() {
      if (settings == null) {
        try {
          Path folder = Files.createTempDirectory("logbridge-golden");
          TestCertificate made = TestCertificate.create(folder, "golden", "EC");
          Path certificate = folder.resolve("tls.crt");
          Path key = folder.resolve("tls.key");
          made.writeTo(certificate, key);
          client = made.client(null);
          settings =
              new TlsSettings(
                  certificate,
                  key,
                  null,
                  ClientCertificates.REQUIRED,
                  Version.V1_2,
                  List.of(),
                  List.of(),
                  Duration.ofMinutes(1));
        } catch (Exception e) {
          throw new IllegalStateException("no certificate", e);
        }
      }
      return settings;
    }
  }

  LogbridgeServer start(ListBackend store) {
    ServerConfig server =
        certificate == null
            ? TestConfig.SERVER
            : TestConfig.server(certificate.settings(), TestConfig.SERVER.limits());
    return GoldenServer.start(store, server);
  }

  HttpClient client() {
    HttpClient.Builder client = HttpClient.newBuilder().version(version);
    if (certificate != null) {
      certificate.settings();
      client.sslContext(certificate.client);
    }
    return client.build();
  }

  URI uri(LogbridgeServer server, String path) {
    String scheme = certificate == null ? "http" : "https";
    return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
  }
}
