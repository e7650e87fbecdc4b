// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.Secret;
import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** How we prove to Elasticsearch who we are. */
sealed interface Authentication {

  /**
   * The value of the {@code Authorization} header as it is now.
   *
   * @throws java.io.UncheckedIOException if the file of a secret cannot be read
   */
  Optional<String> header();

  /** An Elasticsearch without security, or one that trusts whom its proxy lets through. */
  record None() implements Authentication {
    @Override
    public Optional<String> header() {
      return Optional.empty();
    }
  }

  /** A user of Elasticsearch. */
  record Basic(String username, Secret password) implements Authentication {
    @Override
    public Optional<String> header() {
      byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }

  /** The {@code encoded} form of an API key. */
  record ApiKey(Secret encoded) implements Authentication {
    @Override
    public Optional<String> header() {
      return Optional.of("ApiKey " + encoded.reveal());
    }
  }

  /** A token of a service account, or one that a proxy such as OpenShift's understands. */
  record Bearer(Secret token) implements Authentication {
    @Override
    public Optional<String> header() {
      return Optional.of("Bearer " + token.reveal());
    }
  }

  static Authentication from(Settings settings) {
    Optional<String> username = settings.text("username");
    Optional<Secret> password = settings.secret("password");
    if (username.isPresent() != password.isPresent()) {
      throw username.isPresent()
          ? settings.missing("password", "the password of username")
          : settings.missing("username", "the user whom password belongs to");
    }
    List<Authentication> ways = new ArrayList<>();
    username.ifPresent(user -> ways.add(new Basic(user, password.orElseThrow())));
    settings.secret("apiKey").ifPresent(key -> ways.add(new ApiKey(key)));
    settings.secret("token").ifPresent(token -> ways.add(new Bearer(token)));
    if (ways.size() > 1) {
      throw new SettingsException(
          settings.path()
              + ": several of username, apiKey and token are set (expected: at most one of them)");
    }
    return ways.isEmpty() ? new None() : ways.getFirst();
  }
}
