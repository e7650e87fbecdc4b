// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How the reader speaks TLS: whom it trusts, and by what it is known. */
public final class Trust {

  private Trust() {}

  /**
   * TLS of a reader.
   *
   * @param caFile whose certificates are trusted, in PEM; {@code null} for those of the platform
   * @return {@code null} if that of the platform will do
   * @throws ReaderException if the file has no certificates
   */
  public static @Nullable SSLContext context(@Nullable Path caFile, Credentials credentials)
      throws ReaderException {
    if (caFile == null && credentials.keys().isEmpty()) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          credentials.keys().toArray(KeyManager[]::new),
          caFile == null ? null : in(caFile).getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new ReaderException("TLS cannot be used: " + e.getMessage(), e);
    }
  }

  private static TrustManagerFactory in(Path file) throws ReaderException {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
      }
      if (trusted.size() == 0) {
        throw new ReaderException("--ca-file: \"" + file + "\" (expected: certificates in PEM)");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      return managers;
    } catch (IOException | GeneralSecurityException e) {
      throw new ReaderException(
          "--ca-file: \"" + file + "\" (expected: certificates in PEM): " + e.getMessage(), e);
    }
  }
}
