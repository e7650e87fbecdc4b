// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.Secret;
import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** How a backend proves to its store who it is. Implementations never print what they hold. */
public interface Credentials {

  /**
   * The value of the {@code Authorization} header as it is now. Does not block, but for the file of
   * a secret.
   *
   * @throws java.io.UncheckedIOException if the file of a secret cannot be read
   */
  Optional<String> header();

  /** A store without authentication, or one that trusts whom its proxy lets through. */
  record None() implements Credentials {
    @Override
    public Optional<String> header() {
      return Optional.empty();
    }
  }

  /** A user and a password. */
  record Basic(String username, Secret password) implements Credentials {
    @Override
    public Optional<String> header() {
      byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }

  /**
   * A token.
   *
   * @param scheme the word before it: {@code Bearer}
   */
  record Token(String scheme, Secret token) implements Credentials {
    @Override
    public Optional<String> header() {
      return Optional.of(scheme + " " + token.reveal());
    }
  }

  /**
   * Reads {@code username} and {@code password} or {@code passwordFile}, or {@code token} or {@code
   * tokenFile}.
   *
   * @param scheme the word before the token
   * @throws SettingsException if half of a pair is missing, or several ways are set
   */
  static Credentials from(Settings settings, String scheme) {
    List<Credentials> ways = new ArrayList<>();
    basic(settings).ifPresent(ways::add);
    settings.secret("token").ifPresent(token -> ways.add(new Token(scheme, token)));
    if (ways.size() > 1) {
      throw new SettingsException(
          settings.path() + ": username and token are set (expected: at most one of them)");
    }
    return ways.isEmpty() ? new None() : ways.getFirst();
  }

  /** Reads {@code username} and {@code password} or {@code passwordFile}; empty if none is set. */
  static Optional<Credentials> basic(Settings settings) {
    Optional<String> username = settings.text("username");
    Optional<Secret> password = settings.secret("password");
    if (username.isPresent() != password.isPresent()) {
      throw username.isPresent()
          ? settings.missing("password", "the password of username")
          : settings.missing("username", "the user whom password belongs to");
    }
    return username.map(user -> new Basic(user, password.orElseThrow()));
  }
}
