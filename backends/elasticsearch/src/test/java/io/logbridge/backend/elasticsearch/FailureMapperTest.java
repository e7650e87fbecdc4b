// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.elasticsearch.ElasticsearchFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import org.apache.http.ContentTooLongException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureMapperTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "9.5.3/cb-request-search, CIRCUIT_BREAKER, THROTTLED",
    "8.19.21/cb-request-search, CIRCUIT_BREAKER, THROTTLED",
    "9.5.3/rejected-429, OTHER, THROTTLED",
    "9.5.3/timed-out-strict, OTHER, TIMED_OUT",
    "9.5.3/pit-expired, POINT_IN_TIME_GONE, UNAVAILABLE",
    "8.19.21/pit-expired, POINT_IN_TIME_GONE, UNAVAILABLE",
    "9.5.3/pit-garbage-id, POINT_IN_TIME_GONE, UNAVAILABLE",
    "9.5.3/pit-index-deleted-strict, INDEX_MISSING, NOT_FOUND",
    "8.19.21/pit-index-deleted-strict, INDEX_MISSING, NOT_FOUND",
    "9.5.3/index-missing, INDEX_MISSING, NOT_FOUND",
    "8.19.21/index-missing, INDEX_MISSING, NOT_FOUND",
    "9.5.3/index-closed-pit, OTHER, INCOMPLETE",
    "8.19.21/index-closed-pit, OTHER, INCOMPLETE",
    "9.5.3/max-result-window-pit, PAGE_TOO_LARGE, BAD_QUERY",
    "8.19.21/max-result-window-pit, PAGE_TOO_LARGE, BAD_QUERY",
    "9.5.3/red-pit, OTHER, UNAVAILABLE",
    "8.19.21/red-pit, OTHER, UNAVAILABLE",
    "9.5.3/red-partial-strict, OTHER, UNAVAILABLE",
    "8.19.21/red-partial-strict, OTHER, UNAVAILABLE",
    "9.5.3/json-error, OTHER, BAD_QUERY",
    "9.5.3/syntax-error, OTHER, BAD_QUERY",
    "8.19.21/syntax-error, OTHER, BAD_QUERY",
  })
  void recordedError_hasKindAndReason(String file, Kind kind, Reason reason) throws IOException {
    ElasticsearchFailure failure = FailureMapper.map(Golden.error(file), "search");

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.toLogBackendException().reason()).isEqualTo(reason);
    assertThat(failure.toLogBackendException().getCause()).isNull();
  }

  @Test
  void message_hasNamesOfErrorsAndNoText() throws IOException {
    assertThat(FailureMapper.map(Golden.error("9.5.3/cb-request-search"), "search in a-*"))
        .hasMessage(
            "search in a-*: status 429 circuit_breaking_exception,"
                + " search_phase_execution_exception");
  }

  @Test
  void allowedPageSize_isReadFromTheError() throws IOException {
    assertThat(FailureMapper.map(Golden.error("9.5.3/max-result-window-pit"), "search").detail())
        .isEqualTo("10000");
  }

  @Test
  void missingIndex_isNamed() throws IOException {
    assertThat(FailureMapper.map(Golden.error("8.19.21/pit-index-deleted-strict"), "x").detail())
        .isEqualTo("dyn-x");
  }

  @Test
  void longAnswer_isAKindOfItsOwn() {
    assertThat(FailureMapper.map(new ContentTooLongException("too long"), "search").kind())
        .isEqualTo(Kind.ANSWER_TOO_LONG);
  }

  @Test
  void refusedConnection_isUnavailable() {
    ElasticsearchFailure failure = FailureMapper.map(new ConnectException("refused"), "search");

    assertThat(failure.toLogBackendException().reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessage("search: the connection is refused");
  }
}
