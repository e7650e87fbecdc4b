// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.LabelSelector;
import io.logbridge.adapter.record.LabelSelector.Operator;
import io.logbridge.adapter.record.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorParserTest {

  private static final String NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

  @Test
  void everyOperatorIsRead() {
    assertThat(
            LabelSelectorParser.parse(
                    "a=1, b==2 ,c!=3,d in (y,x),e notin (z), f,!g,h>5,i<7,example.com/j=")
                .requirements())
        .containsExactly(
            new Requirement("a", Operator.IN, List.of("1")),
            new Requirement("b", Operator.IN, List.of("2")),
            new Requirement("c", Operator.NOT_IN, List.of("3")),
            new Requirement("d", Operator.IN, List.of("x", "y")),
            new Requirement("e", Operator.NOT_IN, List.of("z")),
            new Requirement("f", Operator.EXISTS, List.of()),
            new Requirement("g", Operator.NOT_EXISTS, List.of()),
            new Requirement("h", Operator.GREATER, List.of("5")),
            new Requirement("i", Operator.LESS, List.of("7")),
            new Requirement("example.com/j", Operator.IN, List.of("")));
  }

  @Test
  void nothingSelectsEverything() {
    assertThat(LabelSelectorParser.parse("")).isEqualTo(LabelSelector.EVERYTHING);
    assertThat(LabelSelectorParser.parse("  ")).isEqualTo(LabelSelector.EVERYTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "in in (in)    | in=in",
        "a in ()       | a=``",
        "a in (,b)     | a=b",
        "a in (b,,c)   | a=``",
        "notin notin(x)| notin=y",
        "a>9           | a=10",
        "a<9           | a=-3",
      })
  void wordsOfTheGrammarAreKeysAndValuesToo(String selector, String label) {
    String[] pair = label.replace("`", "").split("=", -1);

    assertThat(LabelSelectorParser.parse(selector).matches(Map.of(pair[0], pair[1]))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=            | found '=', expected: !, identifier, or 'end of string'",
        ",a           | found ',', expected: !, identifier, or 'end of string'",
        "a=b,         | found '', expected: identifier after ','",
        "a,,b         | found ',', expected: identifier after ','",
        "a=b c        | found 'c', expected: ',' or 'end of string'",
        "!a=b         | found '=', expected: ',' or 'end of string'",
        "a b          | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a in b       | unable to parse requirement: found 'b' expected: '('",
        "a in (b c)   | unable to parse requirement: found 'c', expected: ',' or ')'",
        "a in (b      | unable to parse requirement: found '', expected: ',' or ')'",
        "a=(b)        | unable to parse requirement: found '(', expected: identifier",
        "a===b        | unable to parse requirement: found '=', expected: identifier",
        "!            | unable to parse requirement: found '', expected: identifier",
        "a>x          | unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
        "a=-x         | unable to parse requirement: values[0][a]: Invalid value: \"-x\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        "a/b/c        | unable to parse requirement: <nil>: Invalid value: \"a/b/c\": a qualified name %s with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
        "-a           | unable to parse requirement: <nil>: Invalid value: \"-a\": name part %s",
        "/a           | unable to parse requirement: <nil>: Invalid value: \"/a\": prefix part must be non-empty",
      })
  void whatIsNoSelector_isRefusedInTheWordsOfKubernetes(String selector, String message) {
    assertThatThrownBy(() -> LabelSelectorParser.parse(selector))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(message.replace("%s", NAME_RULE));
  }

  @Test
  void whatIsTooLong_isRefused() {
    assertThatThrownBy(() -> LabelSelectorParser.parse("x".repeat(64)))
        .hasMessageEndingWith("name part must be no more than 63 characters");
    assertThatThrownBy(() -> LabelSelectorParser.parse("a=" + "x".repeat(64)))
        .hasMessageEndingWith("must be no more than 63 characters");
  }
}
