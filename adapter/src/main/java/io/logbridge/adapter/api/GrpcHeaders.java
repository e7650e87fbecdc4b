// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.Metadata;
import io.logbridge.adapter.auth.RequestHeaders;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The metadata of a gRPC call, as the gate reads it. */
record GrpcHeaders(Metadata metadata) implements RequestHeaders {

  /** Those of the call that the current thread serves. */
  static GrpcHeaders current() {
    return new GrpcHeaders(CallMetadata.current().headers());
  }

  @Override
  public Set<String> names() {
    return metadata.keys().stream()
        .filter(key -> !key.endsWith(Metadata.BINARY_HEADER_SUFFIX))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<String> all(String name) {
    Iterable<String> values =
        metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    return values == null ? List.of() : StreamSupport.stream(values.spliterator(), false).toList();
  }
}
