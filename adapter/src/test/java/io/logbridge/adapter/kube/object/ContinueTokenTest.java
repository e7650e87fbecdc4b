// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.Keyset.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinueTokenTest {

  @Test
  void tokenIsReadAsItWasWritten() {
    ContinueToken token =
        new ContinueToken(
            new ResourceVersion(1787220006000000L),
            new Position("id-1", Instant.parse("2026-08-20T10:00:00.123456Z")),
            "id-2",
            7);
    ContinueToken start = ContinueToken.start(new ResourceVersion(5));

    assertThat(ContinueToken.parse(token.text())).isEqualTo(token);
    assertThat(ContinueToken.parse(start.text())).isEqualTo(start);
    assertThat(token.text()).matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{'rv':'1','done':0}",
        "{'rv':1}",
        "{'rv':1,'done':-1}",
        "{'rv':1,'done':99999999999}",
        "{'rv':1.5,'done':0}",
        "{'rv':1,'done':0,'id':'x','created':'yesterday'}",
        "{'v':'meta.k8s.io/v1','rv':12,'start':'ci/x'}",
        "{",
      })
  void whatIsNoToken_isRefused(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

    assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "abc", "not a token", "AAAA"})
  void whatIsNoBase64_isRefused(String text) {
    assertRefused(text);
  }

  private static void assertRefused(String token) {
    assertThatThrownBy(() -> ContinueToken.parse(token))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessageStartingWith("invalid continue token: continue key is not valid: ");
  }
}
