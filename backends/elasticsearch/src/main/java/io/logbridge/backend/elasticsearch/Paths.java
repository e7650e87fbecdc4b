// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parts of a URL's path. */
final class Paths {

  private Paths() {}

  /** A part in which nothing is special any more, except commas and stars. */
  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2C", ",")
        .replace("%2A", "*");
  }
}
