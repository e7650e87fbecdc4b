// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.backend.loki.fake.ParsedQuery;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogQlTest {

  @Test
  void query_hasMatchersThenStages() {
    LogQl query =
        LogQl.streams("namespace", "ci").and("container", "step-a").where("pod", "run-pod");

    assertThat(query.containing("uid-1"))
        .hasToString("{namespace=\"ci\",container=\"step-a\"} | pod=\"run-pod\" |= \"uid-1\"");
  }

  @Test
  void fieldsOfJson_areFoundNestedAndFlat() {
    LogQl query = LogQl.streams("namespace", "ci");

    assertThat(query.whereJson("x", "kubernetes.pod_name", "run\"pod"))
        .hasToString(
            "{namespace=\"ci\"} | json"
                + " x=\"kubernetes.pod_name\",x_flat=\"[\\\"kubernetes.pod_name\\\"]\""
                + " | x=\"run\\\"pod\" or x_flat=\"run\\\"pod\"");
    assertThat(query.whereJson("x", "pod", "a"))
        .hasToString("{namespace=\"ci\"} | json x=\"pod\" | x=\"a\"");
    assertThat(query.whereJson("x", "k8s-io", "a"))
        .hasToString("{namespace=\"ci\"} | json x=\"[\\\"k8s-io\\\"]\" | x=\"a\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"",
        "\\",
        "a\"} or {x=\"y",
        "`",
        "a|b # no comment",
        "line\nfeed\ttab\r",
        "\u0000\u0007\u007f",
        "žluťoučký 漢字 😀",
        "{{.tmpl}}",
      })
  void whateverIsInAValue_staysInIt(String value) {
    LogQl query = LogQl.streams("a", value).where("b", value).containing(value);

    assertThat(ParsedQuery.of(query.toString()))
        .isEqualTo(new ParsedQuery("a", value, "b", value, value));
  }

  @Property
  void anyValue_staysInItsPlace(@ForAll String value) {
    if (value.isEmpty() || value.codePoints().anyMatch(LogQlTest::isSurrogate)) {
      return;
    }
    LogQl query = LogQl.streams("a", value).where("b", value).containing(value);

    assertThat(ParsedQuery.of(query.toString()))
        .isEqualTo(new ParsedQuery("a", value, "b", value, value));
  }

  private static boolean isSurrogate(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tekton.dev/taskRun", "1a", "a-b", "a=\"b\"", "ä"})
  void whatIsNoName_isRefused(String name) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LogQl.streams(name, "x"))
        .withMessage("label: \"" + name + "\" (expected: letters, digits and underscores)");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LogQl.streams("a", "x").where(name, "x"));
  }

  @Test
  void selectorWithoutValue_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LogQl.streams("a", ""))
        .withMessage("a: \"\" (expected: a value)");
  }

  @Test
  void halfOfACharacter_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LogQl.streams("a", "x\ud83d"));
  }
}
