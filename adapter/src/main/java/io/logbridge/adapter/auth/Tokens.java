// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be said of a token without knowing who made it out. */
final class Tokens {

  private static final String BEARER = "Bearer ";
  private static final JsonMapper JSON = new JsonMapper();

  private Tokens() {}

  /**
   * The token of an {@code Authorization} header: what stands after its first word, whichever that
   * is, as Tekton Results has it.
   *
   * @return {@code null} if there is no second word
   */
  static @Nullable String of(String authorization) {
    String value = authorization.strip();
    int blank = value.indexOf(' ');
    return blank < 0 ? null : value.substring(blank).strip();
  }

  /**
   * The token of an {@code Authorization} header of the scheme {@code Bearer}.
   *
   * @return {@code null} if it has another one
   */
  static @Nullable String bearer(String authorization) {
    return authorization.strip().regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? of(authorization)
        : null;
  }

  /** What a token can be recognised by, and not be got back from. */
  static String hash(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /**
   * When a token ends by its own word. That word is not verified: it can only shorten how long
   * somebody else's word for the token is believed.
   *
   * @return empty if it is no JWT, or one without an end
   */
  static Optional<Instant> expiry(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode end = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
      return end.isNumber()
          ? Optional.of(Instant.ofEpochSecond(end.decimalValue().longValue()))
          : Optional.empty();
    } catch (IllegalArgumentException | JacksonException | DateTimeException _) {
      return Optional.empty(); // three parts, and yet no JWT
    }
  }
}
