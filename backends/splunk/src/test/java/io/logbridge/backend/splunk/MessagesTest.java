// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INCOMPLETE | WARN | Unable to distribute to peer named idx2 because peer has status Down",
        "INCOMPLETE | ERROR | Search results might be incomplete: the search process ended early",
        "INCOMPLETE | INFO | Search auto-finalized after time limit reached (30 seconds).",
        "INCOMPLETE | WARN | Something that nobody knows",
        "THROTTLED | FATAL | Search not executed: The maximum number of concurrent searches",
        "THROTTLED | ERROR | The user has reached the disk usage quota of 100 MB",
        "BAD_QUERY | FATAL | Error in 'search' command: Unable to parse the search",
        "BAD_QUERY | FATAL | Unknown search command 'serch'.",
        "ACCESS_DENIED | FATAL | Error in 'delete' command: You have insufficient privileges",
        "UNAVAILABLE | FATAL | Error in 'litsearch' command: Your Splunk license expired",
        "UNAVAILABLE | FATAL | Unknown sid.",
        "UNAVAILABLE | ERROR | The search process with sid=1 was forcefully terminated",
      })
  void messageOfAResult_failsWithWhatItMeans(Reason reason, String type, String text) {
    assertThatExceptionOfType(LogBackendException.class)
        .isThrownBy(() -> Messages.require("Splunk search", type, text))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason))
        .satisfies(failure -> assertThat(failure.getMessage()).startsWith("Splunk search: "))
        .withMessageNotContaining("idx2")
        .withMessageNotContaining("sid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INFO | Your timerange was substituted based on your search string",
        "DEBUG | base lispy: [ AND index::main ]",
        "DEBUG | Search auto-finalized is not what this is about",
      })
  void messageThatTellsOfNoLoss_isOfNoImportance(String type, String text) {
    assertThatCode(() -> Messages.require("Splunk search", type, text)).doesNotThrowAnyException();
  }

  @Test
  void refusal_meansWhatItsStatusSaysUnlessItsTextSaysMore() {
    LogBackendException usual =
        new LogBackendException(Reason.UNAVAILABLE, "503", Duration.ofSeconds(7), null);
    LogBackendException quota =
        Messages.refusal(
            "Splunk search",
            503,
            "{\"messages\":[{\"type\":\"FATAL\",\"text\":\"Search not executed: too many\"}]}",
            usual);
    LogBackendException other = Messages.refusal("Splunk search", 503, "<html>quota</html>", usual);

    assertThat(quota.reason()).isEqualTo(Reason.THROTTLED);
    assertThat(quota.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(quota)
        .hasMessage("Splunk search: status 503: a quota or limit of searches is used up");
    assertThat(other.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(other).hasMessage("Splunk search: status 503");
  }
}
