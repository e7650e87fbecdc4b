// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.backend.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateException;

/** Reads what makes a front proxy from the configuration. */
final class ProxyFiles {

  private ProxyFiles() {}

  /**
   * Reads the file of the authority.
   *
   * @throws SettingsException naming the file, if it cannot be used
   */
  static ProxyRules read(RequestHeaderConfig.Given given) {
    try {
      return ProxyRules.of(Files.readAllBytes(given.caFile()), given.names());
    } catch (IOException | CertificateException e) {
      throw new SettingsException(
          "auth.requestHeader.caFile: \"" + given.caFile() + "\" (expected: certificates in PEM)",
          e);
    }
  }
}
