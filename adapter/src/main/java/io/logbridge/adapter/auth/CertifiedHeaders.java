// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of a request that came over a TLS connection on which the client has shown a
 * certificate. The headers are those that were sent and no others: what grpc-gateway would make of
 * them anybody could have sent through a proxy that takes away its own only.
 *
 * @param chain of certificates, the client's own first. It proves that the client has the key of
 *     the first; whether anybody should believe in it is not said
 * @param values by the name of the header, in lower case
 */
public record CertifiedHeaders(List<X509Certificate> chain, Map<String, List<String>> values) {

  public CertifiedHeaders {
    chain = List.copyOf(chain);
    values = Map.copyOf(values);
  }

  /** All values of a header that are not empty. */
  List<String> all(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
