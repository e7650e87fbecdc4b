// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.protobuf.StatusProto;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.stream.CancelledException;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMapperTest {

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, UNAVAILABLE, 503",
    "TIMED_OUT, DEADLINE_EXCEEDED, 504",
    "THROTTLED, RESOURCE_EXHAUSTED, 429",
    "ACCESS_DENIED, INTERNAL, 500",
    "CALLER_DENIED, PERMISSION_DENIED, 403",
    "BAD_QUERY, INTERNAL, 500",
    "MALFORMED, INTERNAL, 500",
    "INCOMPLETE, DATA_LOSS, 500",
    "NOT_FOUND, NOT_FOUND, 404",
    "MISCONFIGURED, FAILED_PRECONDITION, 400",
  })
  void everyReasonOfAStore_hasItsStatus(Reason reason, String code, int http) {
    Failure failure = StatusMapper.map(new LogBackendException(reason, "why"));

    assertThat(failure.code()).hasToString(code);
    assertThat(failure.httpStatus()).isEqualTo(http);
    assertThat(failure.message()).isEqualTo("why");
    assertThat(failure.reason()).isEqualTo("STORE_" + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400",
    "UNAUTHENTICATED, 401",
    "PERMISSION_DENIED, 403",
    "NOT_FOUND, 404",
    "ALREADY_EXISTS, 409",
    "FAILED_PRECONDITION, 400",
    "RESOURCE_EXHAUSTED, 429",
    "UNIMPLEMENTED, 501",
    "UNAVAILABLE, 503",
    "DEADLINE_EXCEEDED, 504",
    "DATA_LOSS, 500",
    "INTERNAL, 500",
  })
  void everyRefusal_hasTheStatusOfItsName(RequestException.Code code, int http) {
    Failure failure = StatusMapper.map(new RequestException(code, "why"));

    assertThat(failure.code()).hasToString(code.name());
    assertThat(failure.httpStatus()).isEqualTo(http);
  }

  @Test
  void theTablesAbove_leaveNothingOut() {
    assertThat(Reason.values()).hasSize(10);
    assertThat(RequestException.Code.values()).hasSize(12);
  }

  @Test
  void aClientThatLeft_isCancelled() {
    assertThat(StatusMapper.map(new CancelledException("gone")).code()).hasToString("CANCELLED");
  }

  @Test
  void anythingElse_isInternalAndSaysNothingOfItself() {
    Failure failure = StatusMapper.map(new IllegalStateException("password=hunter2"));

    assertThat(failure.code()).hasToString("INTERNAL");
    assertThat(failure.message()).isEqualTo("internal error; the server's log says more");
  }

  @Test
  void grpc_carriesTheReasonAndWhenToTryAgain() throws InvalidProtocolBufferException {
    Failure failure =
        StatusMapper.map(
            new LogBackendException(Reason.UNAVAILABLE, "down", Duration.ofMillis(2500), null));

    Status status = StatusProto.fromThrowable(StatusMapper.toGrpc(failure));

    assertThat(status.getCode()).isEqualTo(14);
    assertThat(status.getMessage()).isEqualTo("down");
    assertThat(status.getDetails(0).unpack(ErrorInfo.class))
        .isEqualTo(
            ErrorInfo.newBuilder().setReason("STORE_UNAVAILABLE").setDomain("logbridge").build());
    assertThat(status.getDetails(1).unpack(RetryInfo.class).getRetryDelay())
        .isEqualTo(Durations.fromMillis(2500));
  }
}
