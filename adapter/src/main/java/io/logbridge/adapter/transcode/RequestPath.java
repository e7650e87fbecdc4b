// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import io.logbridge.adapter.error.RequestException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The path of a request, as Go's HTTP server and grpc-gateway read it. */
public final class RequestPath {

  private RequestPath() {}

  /**
   * A path without doubled slashes and dot segments. Go's server redirects to it.
   *
   * @param raw as it was sent
   */
  public static String clean(String raw) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : raw.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> kept.pollLast();
        default -> kept.addLast(segment);
      }
    }
    String path = "/" + String.join("/", kept);
    return raw.endsWith("/") && !path.equals("/") ? path + "/" : path;
  }

  /**
   * The segments of a path. It is decoded first and split then: {@code a%2Fb} is {@code a/b}.
   *
   * @param raw as it was sent, beginning with a slash
   * @throws RequestException {@code INVALID_ARGUMENT} if it cannot be decoded
   */
  public static List<String> segments(String raw) {
    return List.of(Percent.decode("path", raw).substring(1).split("/", -1));
  }
}
