// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Pattern;

/** How a client takes bodies. */
public final class AcceptEncoding {

  private static final Pattern ZIP =
      Pattern.compile("(?i)gzip(\\s*;\\s*q=(1|0?\\.[0-9]*[1-9]).*)?");

  private AcceptEncoding() {}

  /** Whether it takes them with gzip. */
  public static boolean gzip(ServerRequest request) {
    return request.headers().contains(HeaderNames.ACCEPT_ENCODING)
        && request.headers().get(HeaderNames.ACCEPT_ENCODING).allValues(true).stream()
            .anyMatch(value -> ZIP.matcher(value.strip()).matches());
  }
}
