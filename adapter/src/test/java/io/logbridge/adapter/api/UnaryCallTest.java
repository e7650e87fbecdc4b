// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnaryCallTest {

  private final List<Status> ends = new ArrayList<>();

  @Test
  void serviceThatFailsWithAnError_isNoSuccessToClientAndAccessLog() {
    try (CapturedLog log = CapturedLog.begin()) {
      new CallMetadata(new Metadata(), new Metadata())
          .in(Context.ROOT)
          .run(() ->
              UnaryCall.serve(
                  "GetRecord",
                  "ns/results/r/records/deep",
                  Empty.getDefaultInstance(),
                  (_, _) -> {
                    throw new StackOverflowError();
                  },
                  new Observer()));

      assertThat(ends).extracting(Status::getCode).containsExactly(Status.Code.INTERNAL);
      log.awaitCall("gRPC GetRecord ns/results/r/records/deep INTERNAL 0 bytes");
    }
  }

  private final class Observer implements StreamObserver<Empty> {

    @Override
    public void onNext(Empty message) {
      ends.add(Status.OK.withDescription("message"));
    }

    @Override
    public void onError(Throwable failure) {
      ends.add(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      ends.add(Status.OK);
    }
  }
}
