// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplTest {

  private final Spl main = Spl.eventsIn(List.of("main"));

  @Test
  void search_namesItsIndicesAndQuotesEveryValue() {
    Spl spl =
        Spl.eventsIn(List.of("main", "ci-*"))
            .withIndexed(List.of("k8s.pod.name"), "build-1.pod")
            .withIndexed(List.of("a", "b"), "x")
            .with("step-build");

    assertThat(spl)
        .hasToString(
            "search (index=\"main\" OR index=\"ci-*\") k8s.pod.name::\"build-1.pod\""
                + " (a::\"x\" OR b::\"x\") \"step-build\"");
  }

  @Test
  void newestRows_comeWithANumberForTheirTime() {
    assertThat(main.newest(501).withTime().fields(List.of(Spl.TIME, "_raw", "log.iostream")))
        .hasToString(
            "search (index=\"main\") | head 501"
                + " | eval logbridge_time=strftime(_time,\"%s.%6N\")"
                + " | fields \"logbridge_time\", \"_raw\", \"log.iostream\"");
  }

  @Test
  void counts_areByStretchesOfTheWindow() {
    assertThat(main.countedBySpan(1_763_625_600_050L, 1500))
        .hasToString(
            "search (index=\"main\")"
                + " | eval logbridge_span=floor((_time-1763625600.050)/1.500)"
                + " | stats count by logbridge_span");
  }

  @Test
  void oldestEvents_areAskedOfTheIndicesThemselves() {
    assertThat(Spl.oldestIn(List.of("main", "ci-*")))
        .hasToString(
            "| metadata type=sourcetypes index=\"main\" index=\"ci-*\" | fields firstTime");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spl.oldestIn(List.of("main\" | delete")))
        .withMessageStartingWith("index: ");
  }

  @Test
  void deletion_isOfAWindowInMicroseconds() {
    assertThat(main.within(1_000_001L, 2_000_000L).deleted())
        .hasToString("search (index=\"main\") | where _time>=1.000001 AND _time<2.000000 | delete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\" | delete", "a\\", "\\\" OR index=*\"", "`macro`", "[search x]"})
  void whateverAValueHolds_itStaysAValue(String value) {
    String written = main.matching(value).toString();
    String quoted = written.substring("search (index=\"main\") | regex _raw=".length());

    assertThat(quoted).startsWith("\"").endsWith("\"");
    assertThat(quoted.substring(1, quoted.length() - 1).replaceAll("\\\\.", ""))
        .doesNotContain("\"");
    assertThat(quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\"))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a*b", "a\nb", "a\u0000b"})
  void valueThatSplunkWouldReadAsMore_isRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> main.with(value));
    assertThatIllegalArgumentException().isThrownBy(() -> main.withIndexed(List.of("f"), value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"", "a|b", "a=b", "-a", "a,b", "1a", "a*"})
  void whatIsNoField_isRefused(String field) {
    assertThatIllegalArgumentException().isThrownBy(() -> main.fields(List.of(field)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\" OR index=\"b", "A", "-a", "a|b"})
  void whatIsNoIndex_isRefused(String index) {
    assertThatIllegalArgumentException().isThrownBy(() -> Spl.eventsIn(List.of(index)));
  }
}
