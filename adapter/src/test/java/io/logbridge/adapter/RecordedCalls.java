// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.health.v1.HealthProto;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.logbridge.proto.v1alpha2.ApiProto;
import io.logbridge.proto.v1alpha3.LogProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends recorded gRPC calls, with messages that are known by their descriptors only. */
public final class RecordedCalls implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<FileDescriptor> FILES =
      List.of(
          ApiProto.getDescriptor(),
          LogProto.getDescriptor(),
          HealthProto.getDescriptor(),
          io.grpc.reflection.v1.ServerReflectionProto.getDescriptor(),
          io.grpc.reflection.v1alpha.ServerReflectionProto.getDescriptor());

  private final ManagedChannel channel;

  /** Connects to a server. */
  public RecordedCalls(LogbridgeServer server) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  /**
   * What came back.
   *
   * @param responses as JSON with the names of the proto files
   */
  public record Answer(Status status, List<JsonNode> responses) {}

  /**
   * Makes a call.
   *
   * @param path of the method: {@code /tekton.results.v1alpha2.Results/GetResult}
   * @param requests as JSON, one unless the client streams
   */
  public Answer call(String path, Metadata headers, Duration timeout, List<String> requests)
      throws Exception {
    String name = path.substring(1);
    MethodDescriptor method = method(name);
    io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> descriptor =
        io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
            .setFullMethodName(name)
            .setType(type(method))
            .setRequestMarshaller(marshaller(method.getInputType()))
            .setResponseMarshaller(marshaller(method.getOutputType()))
            .build();
    ClientCall<DynamicMessage, DynamicMessage> call =
        io.grpc.ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers))
            .newCall(descriptor, CallOptions.DEFAULT.withDeadlineAfter(timeout));
    Collector collector = new Collector();
    StreamObserver<DynamicMessage> out = ClientCalls.asyncBidiStreamingCall(call, collector);
    for (String request : requests) {
      out.onNext(message(method.getInputType(), request));
    }
    out.onCompleted();
    return collector.answer.get(60, TimeUnit.SECONDS);
  }

  private static MethodDescriptor method(String fullName) {
    String[] names = fullName.split("/", -1);
    return FILES.stream()
        .map(FileDescriptor::getServices)
        .flatMap(List::stream)
        .filter(service -> service.getFullName().equals(names[0]))
        .map(ServiceDescriptor::getMethods)
        .flatMap(List::stream)
        .filter(method -> method.getName().equals(names[1]))
        .findFirst()
        // A method that nobody knows takes and returns something.
        .orElse(HealthProto.getDescriptor().getServices().getFirst().getMethods().getFirst());
  }

  private static MethodType type(MethodDescriptor method) {
    if (method.isClientStreaming()) {
      return method.isServerStreaming() ? MethodType.BIDI_STREAMING : MethodType.CLIENT_STREAMING;
    }
    return method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
  }

  private static io.grpc.MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
    return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
  }

  private static DynamicMessage message(Descriptor type, String json)
      throws InvalidProtocolBufferException {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    JsonFormat.parser().ignoringUnknownFields().merge(json, message);
    return message.build();
  }

  private static final class Collector implements StreamObserver<DynamicMessage> {

    private final List<JsonNode> responses = new ArrayList<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    @Override
    public void onNext(DynamicMessage response) {
      try {
        responses.add(
            JSON.readTree(JsonFormat.printer().preservingProtoFieldNames().print(response)));
      } catch (InvalidProtocolBufferException e) {
        answer.completeExceptionally(e);
      }
    }

    @Override
    public void onError(Throwable e) {
      answer.complete(new Answer(Status.fromThrowable(e), List.copyOf(responses)));
    }

    @Override
    public void onCompleted() {
      answer.complete(new Answer(Status.OK, List.copyOf(responses)));
    }
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
  }
}
