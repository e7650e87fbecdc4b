// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.stream.LogFormat;
import io.logbridge.adapter.stream.LogOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogOptionsParserTest {

  private static final Instant NOW = Instant.parse("2026-08-20T10:00:00Z");

  @Test
  void noOptions_areTheWholeLog() {
    assertThat(parse(Map.of())).isEqualTo(LogOptions.NONE);
  }

  @Test
  void allOptions_areRead() {
    assertThat(
            parse(
                Map.of(
                    "container", List.of("step-build", "test"),
                    "sinceTime", List.of("2026-08-20T08:00:00.123456789+02:00"),
                    "until", List.of("2026-08-20T09:00:00Z"),
                    "tailLines", List.of("100"),
                    "limitBytes", List.of("2048"),
                    "timestamps", List.of("true"),
                    "prefix", List.of("false"),
                    "follow", List.of("false"))))
        .isEqualTo(
            new LogOptions(
                List.of("step-build", "test"),
                Instant.parse("2026-08-20T06:00:00.123456789Z"),
                Instant.parse("2026-08-20T09:00:00Z"),
                100,
                2048L,
                true,
                false,
                false,
                false,
                LogFormat.TEXT,
                null));
  }

  @Test
  void sinceSeconds_countsFromNow() {
    assertThat(parse(Map.of("sinceSeconds", List.of("90"))).since())
        .isEqualTo(Instant.parse("2026-08-20T09:58:30Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tailLines|-1|tailLines: \"-1\" (expected: a whole number from 0 to 2147483647)",
        "tailLines|ten|tailLines: \"ten\" (expected: a whole number from 0 to 2147483647)",
        "tailLines|2147483648|tailLines: \"2147483648\" (expected: a whole number from 0 to 2147483647)",
        "limitBytes|0|limitBytes: \"0\" (expected: a whole number from 1 to 9223372036854775807)",
        "sinceSeconds|0|sinceSeconds: \"0\" (expected: a whole number from 1 to 2147483647)",
        "sinceTime|yesterday|sinceTime: \"yesterday\" (expected: a time as in 2026-08-20T10:00:00Z (RFC 3339))",
        "until|2026-08-20|until: \"2026-08-20\" (expected: a time as in 2026-08-20T10:00:00Z (RFC 3339))",
        "timestamps|yes|timestamps: \"yes\" (expected: true or false)",
        "container|a\"b|container: \"a\"b\" (expected: the name of a container or step)",
      })
  void aWrongValue_isNamedWithWhatWasExpected(String name, String value, String message) {
    assertThatThrownBy(() -> parse(Map.of(name, List.of(value))))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(message);
  }

  @Test
  void sinceTimeAndSinceSeconds_excludeEachOther() {
    assertThatThrownBy(() ->
            parse(
                Map.of(
                    "sinceTime", List.of("2026-08-20T08:00:00Z"),
                    "sinceSeconds", List.of("5"))))
        .hasMessage("sinceSeconds: \"5\" (expected: not together with sinceTime)");
  }

  @Test
  void untilBeforeSince_isRefused() {
    assertThatThrownBy(() ->
            parse(
                Map.of(
                    "sinceTime", List.of("2026-08-20T08:00:00Z"),
                    "until", List.of("2026-08-20T07:00:00Z"))))
        .hasMessage("until: \"2026-08-20T07:00:00Z\" (expected: not before 2026-08-20T08:00:00Z)");
  }

  @Test
  void anOptionGivenTwice_isRefused() {
    assertThatThrownBy(() -> parse(Map.of("tailLines", List.of("1", "2"))))
        .hasMessage("tailLines: \"1, 2\" (expected: one value)");
  }

  @Test
  void events_canBeHadOfARunThatIsFollowedToo() {
    LogOptions options = parse(Map.of("events", List.of("true"), "follow", List.of("true")));

    assertThat(options.events()).isTrue();
    assertThat(options.follow()).isTrue();
  }

  private static LogOptions parse(Map<String, List<String>> values) {
    return LogOptionsParser.parse(
        name -> values.getOrDefault(name, List.of()), LogFormat.TEXT, InstantSource.fixed(NOW));
  }
}
