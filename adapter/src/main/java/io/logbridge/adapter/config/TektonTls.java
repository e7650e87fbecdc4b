// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.adapter.tls.TlsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Our values for what Tekton Results says of TLS. It skips what it does not know; here that stops
 * the start, since a list that lost half of itself is not the one that was meant.
 */
final class TektonTls {

  private TektonTls() {}

  /** Versions are written out, or as the number that TLS has for them. */
  static String version(String version) {
    return switch (version) {
      case "1.2", "TLS1.2", "TLSv1.2", "771" -> "1.2";
      case "1.3", "TLS1.3", "TLSv1.3", "772" -> "1.3";
      default -> throw TektonEnvironment.invalid("TLS_MIN_VERSION", version, "1.2 or 1.3");
    };
  }

  /** Cipher suites have the same names in Go. */
  static String suites(String suites) {
    List<String> supported = TlsSettings.supportedCipherSuites();
    return each(
        "TLS_CIPHER_SUITES",
        suites,
        "some of " + String.join(", ", supported),
        suite -> supported.contains(suite) ? suite : null);
  }

  /** Go has names of its own for curves, and takes the numbers that TLS has for them. */
  static String groups(String curves) {
    return each(
        "TLS_CURVE_PREFERENCES",
        curves,
        "some of X25519, P256, P384, P521",
        curve ->
            switch (curve) {
              case "X25519", "29" -> "x25519";
              case "P256", "CurveP256", "23" -> "secp256r1";
              case "P384", "CurveP384", "24" -> "secp384r1";
              case "P521", "CurveP521", "25" -> "secp521r1";
              default -> null;
            });
  }

  private static String each(
      String key, String list, String expected, UnaryOperator<@Nullable String> translation) {
    List<String> translated = new ArrayList<>();
    for (String name : list.split(",", -1)) {
      String here = translation.apply(name.strip());
      if (here == null) {
        throw TektonEnvironment.invalid(key, name.strip(), expected);
      }
      translated.add(here);
    }
    return String.join(",", translated);
  }
}
