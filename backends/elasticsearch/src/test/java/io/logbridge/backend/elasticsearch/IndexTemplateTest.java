// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.logbridge.backend.TimeRange;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTemplateTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "logs-{date:yyyy.MM.dd} | 2026-11-20T08:00:00Z | 2026-11-20T09:00:00Z | logs-2026.11.20",
        "logs-{date:yyyy.MM.dd} | 2026-11-20T00:30:00Z | 2026-11-20T09:00:00Z |"
            + " logs-2026.11.19,logs-2026.11.20",
        "logs-{date:yyyy.MM.dd} | 2026-11-20T22:00:00Z | 2026-11-20T23:30:00Z |"
            + " logs-2026.11.20,logs-2026.11.21",
        "logs-{date:yyyy.MM} | 2026-11-20T22:00:00Z | 2026-12-20T23:30:00Z |"
            + " logs-2026.11,logs-2026.12",
        "logs-{date:yyyy} | 2026-11-20T22:00:00Z | 2026-12-31T23:30:00Z | logs-2026,logs-2027",
        "l-{date:yyyyMMddHH} | 2026-11-20T08:10:00Z | 2026-11-20T08:20:00Z |"
            + " l-2026112007,l-2026112008,l-2026112009",
        "app-{namespace}-* | 2026-11-20T08:00:00Z | 2026-11-20T09:00:00Z | app-ci-*",
        "{namespace}-{date:yyyy.MM.dd} | 2026-11-20T08:00:00Z | 2026-11-20T09:00:00Z |"
            + " ci-2026.11.20",
        "a-*, b-{date:dd} | 2026-11-20T08:00:00Z | 2026-11-20T09:00:00Z | a-*,b-20",
        "logs-{date:yyyy.MM.dd} | 2026-11-20T08:00:00Z | | logs-2026.11.20",
        "logs-{date:yyyy.MM.dd} | 2026-01-01T00:00:00Z | | logs-*",
        "logs-{date:yyyy.MM.dd} | 1970-01-01T00:00:00Z | | logs-*",
      })
  void template_namesTheIndicesOfTheWindow(
      String template, Instant start, Instant end, String expected) {
    IndexTarget target = IndexTemplate.parse(template).expand("ci", new TimeRange(start, end), NOW);

    assertThat(target.expression()).isEqualTo(expected);
  }

  @Test
  void onlyDatedNames_mayBeMissing() {
    Instant start = Instant.parse("2026-11-20T08:00:00Z");
    IndexTarget target =
        IndexTemplate.parse("a,b-{date:dd}").expand("ci", new TimeRange(start, start), NOW);

    assertThat(target.mayBeMissing("a")).isFalse();
    assertThat(target.mayBeMissing("b-20")).isTrue();
  }

  @Test
  void manyLongNames_becomeAWildcard() {
    String template = "x".repeat(100) + "-{date:yyyy.MM.dd}";
    TimeRange month =
        new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

    assertThat(IndexTemplate.parse(template).expand("ci", month, NOW).names())
        .containsExactly("x".repeat(100) + "-*");
  }

  @Test
  void allIndices_haveStarsForEveryPlace() {
    assertThat(IndexTemplate.parse("a-{namespace}-{date:yyyy},b").all().names())
        .containsExactly("a-*-*", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,,b",
        "a-{day}",
        "a-{date:}",
        "a-{date:nonsense}",
        "a b",
        "<a-{now/d}>",
        "-a",
        "a/_all"
      })
  void otherTexts_areRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> IndexTemplate.parse(text));
  }
}
