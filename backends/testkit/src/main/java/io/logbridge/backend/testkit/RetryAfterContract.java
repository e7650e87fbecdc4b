// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.testkit.proxy.Fault;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the store says when to try again, the failure says so too, and otherwise it does not. */
class RetryAfterContract extends BackendContract {

  RetryAfterContract(StartedFixture started) {
    super(started);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void seconds_arePassedOn(int status) throws Exception {
    assertThat(failureWith(status, "7").retryAfter()).hasValue(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void date_becomesADuration(int status) throws Exception {
    ZonedDateTime at = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at);

    assertThat(failureWith(status, date).retryAfter())
        .hasValueSatisfying(
            after -> assertThat(after).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(11)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "-1", "99999999999999999999"})
  void nonsense_isIgnored(String value) throws Exception {
    LogBackendException failure = failureWith(429, value);

    assertThat(failure.reason()).isEqualTo(LogBackendException.Reason.THROTTLED);
    assertThat(failure.retryAfter()).isEmpty();
  }

  private LogBackendException failureWith(int status, String retryAfter) throws Exception {
    Lines lines = lines();
    store(lines.numbered(1));
    proxy()
        .inject(
            new Fault.Answer(
                fixture().refusal(status, Leaks.DETAIL).withHeader("Retry-After", retryAfter)));
    try (LogReader reader = backend(PageSettings.of(10)).open(all(lines.container()))) {
      return Reading.untilFailure(new ArrayList<>(), reader, inTime());
    }
  }
}
