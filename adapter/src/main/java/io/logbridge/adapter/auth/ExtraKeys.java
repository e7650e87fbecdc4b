// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Locale;

/** Keys of what else is known of a user, where they are part of the name of a header. */
final class ExtraKeys {

  private ExtraKeys() {}

  /** Keys hold what header names cannot, so they come percent-encoded. */
  static String decode(String encoded) {
    String lower = encoded.toLowerCase(Locale.ROOT);
    try {
      return URLDecoder.decode(lower.replace("+", "%2b"), UTF_8);
    } catch (IllegalArgumentException _) {
      return lower; // not encoded, as Kubernetes sees it
    }
  }
}
