// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom a backend trusts and what it shows of itself, for its own connections only. */
public final class Tls {

  private static final String CERTIFICATES = "certificates in PEM";
  private static final char[] NO_PASSWORD = {};

  private Tls() {}

  /**
   * Reads {@code ca} or {@code caFile}, {@code certificateFile} and {@code keyFile}; empty if none
   * is set.
   *
   * @throws SettingsException if one does not hold what it should
   */
  public static Optional<SSLContext> from(Settings settings) {
    Optional<TrustManager[]> trust = trust(settings);
    Optional<Path> certificate = settings.file("certificateFile");
    Optional<Path> key = settings.file("keyFile");
    if (certificate.isPresent() != key.isPresent()) {
      throw certificate.isPresent()
          ? settings.missing("keyFile", "the private key of certificateFile")
          : settings.missing("certificateFile", "the certificate that keyFile belongs to");
    }
    if (trust.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    KeyManager @Nullable [] own =
        key.map(file -> showing(settings, certificate.orElseThrow(), file)).orElse(null);
    return Optional.of(context(own, trust.orElse(null)));
  }

  private static Optional<TrustManager[]> trust(Settings settings) {
    Optional<String> text = settings.text("ca");
    Optional<Path> file = settings.file("caFile");
    if (text.isPresent() && file.isPresent()) {
      throw settings.invalid("caFile", file.get().toString(), "not set together with ca");
    }
    return text.isPresent()
        ? text.map(pem -> trusting(certificates(settings, pem)))
        : file.map(pem -> trusting(certificates(settings, "caFile", pem)));
  }

  private static SSLContext context(KeyManager @Nullable [] own, TrustManager @Nullable [] trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform has no TLS", e);
    }
  }

  private static TrustManager[] trusting(Collection<? extends Certificate> authorities) {
    try {
      KeyStore store = emptyStore();
      int number = 0;
      for (Certificate ca : authorities) {
        store.setCertificateEntry("ca-" + number++, ca);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the platform keeps no certificates", e);
    }
  }

  private static KeyManager[] showing(Settings settings, Path certificateFile, Path keyFile) {
    List<Certificate> chain =
        List.copyOf(certificates(settings, "certificateFile", certificateFile));
    try {
      PrivateKey key = PemKey.parse(Files.readString(keyFile));
      KeyStore store = emptyStore();
      store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(store, NO_PASSWORD);
      return own.getKeyManagers();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException _) {
      // Not the cause: it may quote the key.
      throw settings.invalid(
          "keyFile",
          keyFile.toString(),
          "the private key of certificateFile in PEM, RSA, EC or Ed25519, not encrypted");
    }
  }

  private static Collection<? extends Certificate> certificates(
      Settings settings, String key, Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      return certificates(pem);
    } catch (IOException | GeneralSecurityException _) {
      throw settings.invalid(key, file.toString(), CERTIFICATES);
    }
  }

  private static Collection<? extends Certificate> certificates(Settings settings, String text) {
    try {
      return certificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException _) {
      // Not the value, which is long, and may be a key by mistake.
      throw new SettingsException(
          settings.path() + ".ca: (expected: " + CERTIFICATES + "; or caFile, for a file's name)");
    }
  }

  private static Collection<? extends Certificate> certificates(InputStream pem)
      throws CertificateException {
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509").generateCertificates(pem);
    if (certificates.isEmpty()) {
      throw new CertificateException("none");
    }
    return certificates;
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
