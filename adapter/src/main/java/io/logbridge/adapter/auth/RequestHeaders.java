// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The headers of an HTTP request, or the metadata of a gRPC call. */
public interface RequestHeaders {

  /** The names that have text as their value, in lower case. */
  Set<String> names();

  /**
   * All values of a header, in the order in which they came, none of them split at commas.
   *
   * @param name in any case
   * @return empty if there is no such header
   */
  List<String> all(String name);

  /** The headers as they were sent, if the client has shown a certificate on its connection. */
  default Optional<CertifiedHeaders> certified() {
    return Optional.empty();
  }
}
