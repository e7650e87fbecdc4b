// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The address of a store as it stands in the settings. */
public final class StoreUrl {

  private StoreUrl() {}

  /**
   * Reads an address: {@code http} or {@code https}, a host, a port, at most a path.
   *
   * @param key of the setting that holds the text
   * @throws io.logbridge.backend.SettingsException if it is something else, or holds a user; the
   *     message does not repeat one
   */
  public static URI parse(Settings settings, String key, String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException _) {
      throw settings.invalid(key, withoutUser(text), "a URL");
    }
    if (url.getRawUserInfo() != null || text.contains("@")) {
      throw settings.invalid(
          key, withoutUser(text), "no user in the URL; set username and password");
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw settings.invalid(key, text, "http:// or https://, a host, a port, at most a path");
    }
    return url;
  }

  /** The path, encoded, without a slash at its end; empty if there is none. */
  public static String path(URI url) {
    return Optional.ofNullable(url.getRawPath()).orElse("").replaceAll("/+$", "");
  }

  private static String withoutUser(String url) {
    return url.replaceAll("//.*@", "//***@");
  }
}
