// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        " true\n",
        "false",
        "0",
        "-0.0",
        "12.5e+3",
        "1E2",
        "\"\"",
        "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9ü\"",
        "{}",
        "[ ]",
        "[1, [2, {\"a\": []}], {}]",
        "{\"a\":{\"b\":[{\"c\":null}]},\"a\":1}",
        "\"\\ud83d\\ude00 \\\\ud800\"",
        "1e-400",
      })
  void json_isAccepted(String text) {
    assertThatCode(() -> check(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``,unexpected end of JSON input",
        "`  `,unexpected end of JSON input",
        "{,unexpected end of JSON input",
        "[1,unexpected end of JSON input",
        "`[1,`,unexpected end of JSON input",
        "-,unexpected end of JSON input",
        "1.,unexpected end of JSON input",
        "`\"a`,unexpected end of JSON input",
        "tru,unexpected end of JSON input",
        "not json,invalid character 'o' in literal null (expecting 'u')",
        "trux,invalid character 'x' in literal true (expecting 'e')",
        "fxlse,invalid character 'x' in literal false (expecting 'a')",
        "x,invalid character 'x' looking for beginning of value",
        "',invalid character '\\'' looking for beginning of value",
        "`[1,]`,invalid character ']' looking for beginning of value",
        "`{\"a\":1,}`,invalid character '}' looking for beginning of object key string",
        "{1,invalid character '1' looking for beginning of object key string",
        "`{\"a\" 1}`,invalid character '1' after object key",
        "`{\"a\":1 \"b\"}`,invalid character '\"' after object key:value pair",
        "[1 2],invalid character '2' after array element",
        "{}},invalid character '}' after top-level value",
        "01,invalid character '1' after top-level value",
        "-x,invalid character 'x' in numeric literal",
        "1.x,invalid character 'x' after decimal point in numeric literal",
        "1e+x,invalid character 'x' in exponent of numeric literal",
        "`\"\\x\"`,invalid character 'x' in string escape code",
        "`\"\\u00g0\"`,invalid character 'g' in \\u hexadecimal character escape",
        "`\"é`,unexpected end of JSON input",
        "é,invalid character 'Ã' looking for beginning of value",
      })
  void whatIsNotJson_isRefusedInTheWordsOfGo(String text, String message) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(message);
  }

  @Test
  void controlCharacters_areNotAllowedInStrings() {
    assertThatThrownBy(() -> check("\"a\nb\""))
        .hasMessage("invalid character '\\n' in string literal");
    assertThatThrownBy(() -> check("\"a\u0000b\""))
        .hasMessage("invalid character '\\x00' in string literal");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"a\":\"\\ud800\"}`,d800",
        "`\"\\udc00\\ud800\"`,dc00",
        "`\"\\ud83d\\n\"`,d83d",
        "`\"\\ud83d\\u0041\"`,d83d",
        "`{\"\\uDFFFx\":1}`,dfff",
      })
  void halfACharacter_isRefused(String text, String unit) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(
            "data.value: \\u" + unit + " is half a character (expected: a pair of surrogates)");
  }

  @Test
  void numbersThatAreWrittenOut_areLimited() {
    assertThatCode(() -> check("[1e400000, 1e-400000, 1e200000]")).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("[1e400000, 1e-400000, 1e200001]"))
        .hasMessage(
            "data.value: exponents of numbers sum up to more than 1000000 (expected: numbers that"
                + " can be written out)");
    assertThatThrownBy(() -> check("1e99999999999999999999999"))
        .hasMessageStartingWith("data.value: exponents of numbers sum up to more than ");
  }

  @Test
  void nesting_isLimited() {
    assertThatCode(() -> check("[".repeat(10_000) + "]".repeat(10_000))).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("[".repeat(10_001))).hasMessage("exceeded max depth");
  }

  private static void check(String text) {
    JsonSyntax.check(ByteString.copyFromUtf8(text));
  }
}
