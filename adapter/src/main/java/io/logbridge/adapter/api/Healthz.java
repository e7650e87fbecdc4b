// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.transcode.QueryString;

/** {@code /healthz}: what the health service of gRPC says, of the whole server or one service. */
final class Healthz {

  private final HealthGrpc.AsyncService health;
  private final CallMeters meters;

  Healthz(HealthGrpc.AsyncService health, CallMeters meters) {
    this.health = health;
    this.meters = meters;
  }

  /** Answers a check; the query may name a service. */
  void check(QueryString query, ServerResponse response) {
    String service = query.all("service").stream().findFirst().orElse("");
    CountedCall counted = meters.call(HealthGrpc.getCheckMethod().getFullMethodName());
    counted.begin();
    counted.received();
    health.check(
        HealthCheckRequest.newBuilder().setService(service).build(),
        new StreamObserver<>() {
          @Override
          public void onNext(HealthCheckResponse answer) {
            counted.sent();
            counted.ended(Code.OK_VALUE);
            send(response, answer);
          }

          @Override
          public void onError(Throwable e) {
            Code code = Code.forNumber(Status.fromThrowable(e).getCode().value());
            counted.ended(code.getNumber());
            HttpAnswers.send(response, Failure.of(code, "unknown service"));
          }

          @Override
          public void onCompleted() {}
        });
  }

  private static void send(ServerResponse response, HealthCheckResponse answer) {
    if (answer.getStatus() == ServingStatus.SERVING) {
      HttpAnswers.send(response, answer, _ -> {}); // it is no call, and has no line in the log
    } else {
      HttpAnswers.send(response, Failure.of(Code.UNAVAILABLE, "status:" + answer.getStatus()));
    }
  }
}
