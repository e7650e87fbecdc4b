// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogProto;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  @Test
  void reflection_listsServices_ifItIsOn() throws Exception {
    TransportConfig config = TransportConfig.defaults().withReflection(true);
    try (TestServer server = logs().config(config).start((_, _) -> {});
        TestChannel channel = TestChannel.to(server)) {
      CompletableFuture<List<String>> names = new CompletableFuture<>();
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new FirstAnswer(names));
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertThat(names.get(TestStream.CEILING_SECONDS, TimeUnit.SECONDS))
          .contains("tekton.results.v1alpha3.Logs");
      requests.onCompleted();
    }
  }

  private record FirstAnswer(CompletableFuture<List<String>> names)
      implements StreamObserver<ServerReflectionResponse> {
    @Override
    public void onNext(ServerReflectionResponse response) {
      names.complete(
          response.getListServicesResponse().getServiceList().stream()
              .map(ServiceResponse::getName)
              .toList());
    }

    @Override
    public void onError(Throwable failure) {
      names.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
