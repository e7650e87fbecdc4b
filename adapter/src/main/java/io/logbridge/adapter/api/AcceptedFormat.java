// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.webserver.http.ServerRequest;
import io.logbridge.adapter.stream.LogFormat;

/** The form in which a client wants a log. */
public final class AcceptedFormat {

  private AcceptedFormat() {}

  /** JSON lines, if the client names them in {@code Accept}; text, whatever else it accepts. */
  public static LogFormat of(ServerRequest request) {
    boolean json =
        request.headers().acceptedTypes().stream()
            .anyMatch(
                accepted -> accepted.mediaType().text().equals(LogFormat.NDJSON.contentType()));
    return json ? LogFormat.NDJSON : LogFormat.TEXT;
  }
}
