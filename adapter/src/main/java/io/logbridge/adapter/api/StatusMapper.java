// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.stream.CancelledException;
import io.logbridge.backend.LogBackendException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The one place where failures become statuses. What a client cannot mend is logged here, once,
 * with its cause; the client gets neither the cause nor a stack trace.
 */
final class StatusMapper {

  private static final Logger LOG = System.getLogger(StatusMapper.class.getName());
  private static final String DOMAIN = "logbridge";

  private StatusMapper() {}

  static Failure map(Throwable e) {
    return switch (e) {
      case LogBackendException store -> map(store);
      case RequestException request -> map(request);
      case CancelledException cancelled -> Failure.of(Code.CANCELLED, message(cancelled));
      default -> {
        LOG.log(Level.ERROR, "a call failed for a reason that it should not have", e);
        yield Failure.of(Code.INTERNAL, "internal error; the server's log says more");
      }
    };
  }

  /** The failure as gRPC sends it, with {@code ErrorInfo} and, if it helps to retry, when. */
  static StatusRuntimeException toGrpc(Failure failure) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(failure.code().getNumber())
            .setMessage(failure.message())
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder().setReason(failure.reason()).setDomain(DOMAIN).build()));
    if (failure.retryAfter() != null) {
      status.addDetails(
          Any.pack(
              RetryInfo.newBuilder()
                  .setRetryDelay(Durations.fromMillis(failure.retryAfter().toMillis()))
                  .build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static Failure map(LogBackendException e) {
    Code code =
        switch (e.reason()) {
          case UNAVAILABLE -> Code.UNAVAILABLE;
          case TIMED_OUT -> Code.DEADLINE_EXCEEDED;
          case THROTTLED -> Code.RESOURCE_EXHAUSTED;
          case ACCESS_DENIED, BAD_QUERY, MALFORMED -> Code.INTERNAL;
          case CALLER_DENIED -> Code.PERMISSION_DENIED;
          case INCOMPLETE -> Code.DATA_LOSS;
          case NOT_FOUND -> Code.NOT_FOUND;
          case MISCONFIGURED -> Code.FAILED_PRECONDITION;
        };
    if (code == Code.INTERNAL) {
      LOG.log(Level.ERROR, "the log store refused a request of ours, or answered nonsense", e);
    }
    return new Failure(code, message(e), "STORE_" + e.reason().name(), e.retryAfter().orElse(null));
  }

  private static Failure map(RequestException e) {
    Code code =
        switch (e.code()) {
          case INVALID_ARGUMENT -> Code.INVALID_ARGUMENT;
          case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
          case PERMISSION_DENIED -> Code.PERMISSION_DENIED;
          case NOT_FOUND -> Code.NOT_FOUND;
          case ALREADY_EXISTS -> Code.ALREADY_EXISTS;
          case FAILED_PRECONDITION -> Code.FAILED_PRECONDITION;
          case RESOURCE_EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
          case UNIMPLEMENTED -> Code.UNIMPLEMENTED;
          case UNAVAILABLE -> Code.UNAVAILABLE;
          case DEADLINE_EXCEEDED -> Code.DEADLINE_EXCEEDED;
          case DATA_LOSS -> Code.DATA_LOSS;
          case INTERNAL -> Code.INTERNAL;
        };
    if (code == Code.UNAVAILABLE) {
      LOG.log(Level.WARNING, "something that calls depend on failed", e);
    } else if (code == Code.INTERNAL) {
      LOG.log(Level.ERROR, "the database refused a statement of ours", e);
    }
    return Failure.of(code, message(e));
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }
}
