// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.tls;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.logbridge.backend.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files of {@code server.tls}; what is wrong with them is said by key and path. */
final class Pem {

  private static final String CERTIFICATES = "certificates in PEM";
  private static final String KEY =
      "a private key in PEM, as PKCS#8 (BEGIN PRIVATE KEY) or of RSA as PKCS#1 (BEGIN RSA PRIVATE"
          + " KEY)";

  private Pem() {}

  static byte[] read(String key, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw wrong(key, file, "a file that can be read", e);
    }
  }

  static List<X509Certificate> certificates(String key, Path file, byte[] content) {
    try {
      List<X509Certificate> certificates =
          Keys.builder()
              .pem(pem -> pem.certificates(Resource.create(file.toString(), content)))
              .build()
              .certs();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (RuntimeException e) {
      throw wrong(key, file, CERTIFICATES, e);
    }
    throw wrong(key, file, CERTIFICATES, null);
  }

  static PrivateKey privateKey(String key, Path file, byte[] content) {
    try {
      return Keys.builder()
          .pem(pem -> pem.key(Resource.create(file.toString(), content)))
          .build()
          .privateKey()
          .orElseThrow();
    } catch (RuntimeException e) {
      throw wrong(key, file, KEY, e);
    }
  }

  /** Whether they belong together. The JDK would find out in the first handshake only. */
  static boolean isPair(PrivateKey key, X509Certificate certificate) {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    try {
      Signature signature =
          Signature.getInstance("SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA"));
      signature.initSign(key);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  static SettingsException wrong(
      String key, Path file, String expected, @Nullable Throwable cause) {
    String message = key + ": \"" + file + "\" (expected: " + expected + ")";
    return cause == null ? new SettingsException(message) : new SettingsException(message, cause);
  }
}
