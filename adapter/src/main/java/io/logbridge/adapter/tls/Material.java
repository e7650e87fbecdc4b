// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.tls;

import io.logbridge.backend.SettingsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What the files held at one moment.
 *
 * @param fingerprint of their content; another one means that something has changed
 * @param chain our certificate first
 * @param clients judges the certificates of clients; {@code null} if clients need none
 */
record Material(
    String fingerprint,
    PrivateKey key,
    List<X509Certificate> chain,
    @Nullable X509ExtendedTrustManager clients) {

  private static final String CERTIFICATE_FILE = "server.tls.certificateFile";
  private static final String KEY_FILE = "server.tls.keyFile";
  private static final String CLIENT_CA_FILE = "server.tls.clientCaFile";

  /** What the files hold now. */
  static String fingerprint(TlsSettings files) {
    return Content.of(files).fingerprint();
  }

  /**
   * Reads the files.
   *
   * @throws SettingsException naming the file that cannot be used
   */
  static Material of(TlsSettings files) {
    Content content = Content.of(files);
    List<X509Certificate> chain =
        Pem.certificates(CERTIFICATE_FILE, files.certificateFile(), content.certificate);
    PrivateKey key = Pem.privateKey(KEY_FILE, files.keyFile(), content.key);
    if (!Pem.isPair(key, chain.getFirst())) {
      throw Pem.wrong(
          KEY_FILE,
          files.keyFile(),
          "the key of the first certificate in \"" + files.certificateFile() + "\"",
          null);
    }
    return new Material(content.fingerprint(), key, chain, clients(files, content));
  }

  private static @Nullable X509ExtendedTrustManager clients(TlsSettings files, Content content) {
    if (files.clientCaFile() == null || content.clientCa == null) {
      return null;
    }
    List<X509Certificate> authorities =
        Pem.certificates(CLIENT_CA_FILE, files.clientCaFile(), content.clientCa);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("ca" + i, authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return Stream.of(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException | IOException e) {
      throw Pem.wrong(CLIENT_CA_FILE, files.clientCaFile(), "certificates of authorities", e);
    }
  }

  /** Read before it is looked at, so that what is compared is what is used. */
  @SuppressWarnings("ArrayRecordComponent") // lives for one comparison, and is not compared itself
  private record Content(byte[] certificate, byte[] key, byte @Nullable [] clientCa) {

    static Content of(TlsSettings files) {
      return new Content(
          Pem.read(CERTIFICATE_FILE, files.certificateFile()),
          Pem.read(KEY_FILE, files.keyFile()),
          files.clientCaFile() == null ? null : Pem.read(CLIENT_CA_FILE, files.clientCaFile()));
    }

    String fingerprint() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(certificate);
        digest.update(key);
        if (clientCa != null) {
          digest.update(clientCa);
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e); // every JDK has it
      }
    }
  }
}
