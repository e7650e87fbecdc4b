// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import io.logbridge.backend.http.Credentials;
import java.util.ArrayList;
import java.util.List;

/** The ways to prove to Elasticsearch who we are. */
final class Authentication {

  private Authentication() {}

  /** A user, the {@code encoded} form of an API key, or a token that a proxy may understand. */
  static Credentials from(Settings settings) {
    List<Credentials> ways = new ArrayList<>();
    Credentials.basic(settings).ifPresent(ways::add);
    settings.secret("apiKey").ifPresent(key -> ways.add(new Credentials.Token("ApiKey", key)));
    settings.secret("token").ifPresent(token -> ways.add(new Credentials.Token("Bearer", token)));
    if (ways.size() > 1) {
      throw new SettingsException(
          settings.path()
              + ": several of username, apiKey and token are set (expected: at most one of them)");
    }
    return ways.isEmpty() ? new Credentials.None() : ways.getFirst();
  }
}
