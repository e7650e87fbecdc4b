// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** How a face answers what is refused before it reaches one of its routes. */
@FunctionalInterface
public interface Refusals {

  /** Sends a failure to a client of the face. */
  void send(ServerRequest request, ServerResponse response, Failure failure);
}
