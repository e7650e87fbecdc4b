// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.results.Call;
import java.util.function.BiFunction;

/** Serves a gRPC call of one message for one message. */
final class UnaryCall {

  private UnaryCall() {}

  /**
   * Answers a call, with a message or with a status, and writes its line into the access log.
   *
   * @param name of what the call is about
   */
  static <Q, R extends Message> void serve(
      String method,
      String name,
      Q request,
      BiFunction<Q, Call, R> service,
      StreamObserver<R> observer) {
    long[] bytes = {0};
    try (AccessLog access = AccessLog.begin("gRPC " + method, name, GrpcHeaders.current())) {
      access.counts(() -> bytes[0]);
      R response;
      try {
        Call call = GrpcCalls.current();
        response = PartialAnswers.of(service.apply(request, call), call.fields());
      } catch (RuntimeException | Error e) { // of whatever kind: it is no success
        Failure failure = StatusMapper.map(e);
        access.failed(failure);
        observer.onError(StatusMapper.toGrpc(failure));
        return;
      }
      bytes[0] = response.getSerializedSize();
      observer.onNext(response);
      observer.onCompleted();
    }
  }
}
