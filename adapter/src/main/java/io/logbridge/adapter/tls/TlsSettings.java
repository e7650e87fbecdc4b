// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * @param reloadInterval how often the files are looked at
 */
public record TlsSettings(
    Path certificateFile,
    Path keyFile,
    @Nullable Path clientCaFile,
    ClientCertificates clients,
    Version minVersion,
    Duration reloadInterval) {

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
