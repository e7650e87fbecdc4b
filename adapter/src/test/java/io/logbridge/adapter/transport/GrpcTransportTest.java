// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogProto;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The facade, with a generated service. */
@Timeout(60)
class GrpcTransportTest {

  private static final class Logs extends LogsGrpc.LogsImplBase {
    @Override
    public void getLog(GetLogRequest request, StreamObserver<HttpBody> out) {
      out.onNext(HttpBody.newBuilder().setData(request.getNameBytes()).build());
      out.onCompleted();
    }
  }

  private static TestServer.Setup logs() {
    return TestServer.with().grpc(grpc -> grpc.service(LogProto.getDescriptor(), new Logs()));
  }

  @Test
  void aGeneratedService_isServed() throws Exception {
    try (TestServer server = logs().start((_, _) -> {});
        TestChannel channel = TestChannel.to(server)) {
      GetLogRequest request = GetLogRequest.newBuilder().setName("a/results/b/logs/c").build();
      assertThat(LogsGrpc.newBlockingStub(channel).getLog(request))
          .toIterable()
          .extracting(HttpBody::getData)
          .containsExactly(ByteString.copyFromUtf8("a/results/b/logs/c"));
    }
  }
}
