// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.tls;

import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * {@code server.tls}.
 *
 * @param certificateFile our certificate and those between it and its authority, in PEM
 * @param keyFile its private key, in PEM
 * @param clientCaFile who may make out certificates for clients, in PEM; {@code null} if clients
 *     need none
 * @param clients whether clients need a certificate; of no effect without {@code clientCaFile}
 * @param minVersion the oldest version of TLS that is spoken
 * @param cipherSuites those of TLS 1.2 that are spoken, the best first; empty for the platform's.
 *     Those of TLS 1.3 are not chosen among
 * @param namedGroups the curves and other groups of the key exchange, the best first; empty for the
 *     platform's
 * @param reloadInterval how often the files are looked at
 */
public record TlsSettings(
    Path certificateFile,
    Path keyFile,
    @Nullable Path clientCaFile,
    ClientCertificates clients,
    Version minVersion,
    List<String> cipherSuites,
    List<String> namedGroups,
    Duration reloadInterval) {

  /** Names of cipher suites that this platform can speak, of whichever version of TLS. */
  public static List<String> supportedCipherSuites() {
    return Arrays.stream(supported().getCipherSuites())
        .filter(suite -> !suite.endsWith("_SCSV"))
        .sorted()
        .toList();
  }

  /** Names of groups that this platform can exchange keys in. */
  public static List<String> supportedNamedGroups() {
    return Arrays.stream(supported().getNamedGroups()).sorted().toList();
  }

  private static SSLParameters supported() {
    try {
      return SSLContext.getDefault().getSupportedSSLParameters();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK speaks TLS
    }
  }

  /** Whether clients need a certificate. */
  public enum ClientCertificates {
    REQUIRED,
    OPTIONAL
  }

  /** Versions of TLS that are spoken. */
  public enum Version {
    V1_2,
    V1_3;

    List<String> andNewer() {
      return switch (this) {
        case V1_2 -> List.of("TLSv1.3", "TLSv1.2");
        case V1_3 -> List.of("TLSv1.3");
      };
    }
  }
}
