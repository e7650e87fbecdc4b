// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.logbridge.adapter.auth.RequestHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The headers of an HTTP request, as the gate reads them. {@code Grpc-Metadata-X} counts as {@code
 * X}, after those of that name: grpc-gateway hands both on as the same metadata.
 */
public record HttpHeaders(Headers headers) implements RequestHeaders {

  private static final String METADATA = "grpc-metadata-";

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

  private Stream<String> values(String lower) {
    HeaderName name = HeaderNames.createFromLowercase(lower);
    return headers.contains(name) ? headers.get(name).allValues().stream() : Stream.of();
  }
}
