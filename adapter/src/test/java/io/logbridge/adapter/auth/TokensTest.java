// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  @ParameterizedTest
  @CsvSource({
    "Bearer abc, abc",
    "bearer abc, abc",
    "Basic abc, abc",
    "'Bearer   abc ', abc",
    "abc,",
    "'abc ',",
    "'',",
  })
  void theToken_isWhatStandsAfterTheFirstWord(String header, String token) {
    assertThat(Tokens.of(header)).isEqualTo(token);
  }

  @Test
  void theEndOfAJwt_isItsExpClaim() {
    assertThat(Tokens.expiry(jwt("{\"exp\":1790000000}")))
        .contains(Instant.ofEpochSecond(1_790_000_000));
    assertThat(Tokens.expiry(jwt("{\"exp\":1790000000.5}")))
        .contains(Instant.ofEpochSecond(1_790_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"exp\":\"soon\"}",
        "{\"exp\":1e999}",
        "{\"exp\":9223372036854775807}",
        "[",
        "null",
        ""
      })
  void aJwtWithoutASensibleEnd_hasNone(String claims) {
    assertThat(Tokens.expiry(jwt(claims))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "a.b", "a.b.c", "..", "a.%%%.c", "a.b.c.d"})
  void whatIsNoJwt_hasNoEnd(String token) {
    assertThat(Tokens.expiry(token)).isEmpty();
  }

  private static String jwt(String claims) {
    return "e30." + Base64.getUrlEncoder().encodeToString(claims.getBytes(UTF_8)) + ".c2ln";
  }
}
