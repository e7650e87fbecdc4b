// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.HttpRequest;
import io.logbridge.adapter.auth.CertifiedHeaders;
import io.logbridge.adapter.auth.RequestHeaders;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The headers of an HTTP request, as the gate reads them. {@code Grpc-Metadata-X} counts as {@code
 * X}, after those of that name: grpc-gateway hands both on as the same metadata.
 */
public record HttpHeaders(Headers headers, PeerInfo peer) implements RequestHeaders {

  private static final String METADATA = "grpc-metadata-";

  /** Those of a request. */
  public static HttpHeaders of(HttpRequest request) {
    return new HttpHeaders(request.headers(), request.remotePeer());
  }

  @Override
  public Set<String> names() {
    return headers.stream()
        .map(Header::headerName)
        .map(HeaderName::lowerCase)
        .map(name -> name.startsWith(METADATA) ? name.substring(METADATA.length()) : name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<String> all(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.concat(values(lower), values(METADATA + lower)).toList();
  }

  @Override
  public Optional<CertifiedHeaders> certified() {
    return peer.tlsCertificates().map(chain -> new CertifiedHeaders(ofX509(chain), asSent()));
  }

  private static List<X509Certificate> ofX509(Certificate[] chain) {
    return Stream.of(chain)
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .toList();
  }

  private Map<String, List<String>> asSent() {
    Map<String, List<String>> sent = new HashMap<>();
    for (Header header : headers) {
      sent.put(header.headerName().lowerCase(), header.allValues());
    }
    return sent;
  }

  private Stream<String> values(String lower) {
    HeaderName name = HeaderNames.createFromLowercase(lower);
    return headers.contains(name) ? headers.get(name).allValues().stream() : Stream.of();
  }
}
