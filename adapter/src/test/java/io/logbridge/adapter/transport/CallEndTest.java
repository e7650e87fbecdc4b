// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.logbridge.adapter.transport.RawHttp2Client.Frame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defects D4, D8 and D10 to D13: every call ends, once, with the status that fits. */
@Timeout(60)
class CallEndTest {

  private static final Metadata.Key<String> TEXT =
      Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<byte[]> BINARY =
      Metadata.Key.of("x-bytes-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static Metadata trailers() {
    Metadata trailers = new Metadata();
    trailers.put(TEXT, "one");
    trailers.put(BINARY, new byte[] {0, 1, -1});
    return trailers;
  }

  @Test
  void aThrownStatus_isSentWithItsTrailers() throws Exception {
    try (TestServer server =
            TestServer.start((_, _) -> {
              throw Status.NOT_FOUND.withDescription("no such log").asRuntimeException(trailers());
            });
        TestChannel channel = TestChannel.to(server)) {
      TestStream.End end = TestStream.open(channel, TestStream.ALL).awaitEnd();
      assertThat(end.status().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(end.status().getDescription()).isEqualTo("no such log");
      assertThat(end.trailers().get(TEXT)).isEqualTo("one");
      assertThat(end.trailers().get(BINARY)).containsExactly(0, 1, -1);
      server.assertNoFailures();
    }
  }

  @Test
  void aThrownCheckedStatus_afterMessages_isSent() throws Exception {
    try (TestServer server =
            TestServer.start((_, out) -> {
              TestServer.write(100_000, 0, out::onNext);
              throw new StatusException(Status.DATA_LOSS.withDescription("cut"));
            });
        TestChannel channel = TestChannel.to(server)) {
      TestStream stream = TestStream.open(channel, TestStream.ALL);
      assertThat(stream.awaitStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
      assertThat(stream.received()).isEqualTo(100_000);
    }
  }

  @Test
  void anyOtherThrowable_isInternalWithoutItsText_andReportedOnce() throws Exception {
    IllegalStateException secret = new IllegalStateException("password=hunter2");
    try (TestServer server =
            TestServer.start((_, out) -> {
              out.onNext(TestServer.pattern(0, 10, 0));
              throw secret;
            });
        TestChannel channel = TestChannel.to(server)) {
      TestStream.End end = TestStream.open(channel, TestStream.ALL).awaitEnd();
      assertThat(end.status().getCode()).isEqualTo(Status.Code.INTERNAL);
      assertThat(end.status().getDescription()).isEqualTo("internal error");
      assertThat(end.trailers().toString()).doesNotContain("hunter2");
      assertThat(server.failures).containsExactly(secret);
    }
  }

  @Test
  void anError_isAStatusToo() throws Exception {
    try (TestServer server =
            TestServer.start((_, _) -> {
              throw new StackOverflowError();
            });
        TestChannel channel = TestChannel.to(server)) {
      assertThat(TestStream.open(channel, 1).awaitStatus().getCode())
          .isEqualTo(Status.Code.INTERNAL);
      assertThat(server.failures).hasSize(1);
    }
  }

  @Test
  void trailersOfTheHandler_areSentWithOk() throws Exception {
    ServerInterceptor adds =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                  @Override
                  public void close(Status status, Metadata trailers) {
                    trailers.merge(trailers());
                    super.close(status, trailers);
                  }
                },
                headers);
          }
        };
    try (TestServer server =
            TestServer.with().interceptor(adds).start((_, out) -> out.onCompleted());
        TestChannel channel = TestChannel.to(server)) {
      TestStream.End end = TestStream.open(channel, 1).awaitEnd();
      assertThat(end.status()).isEqualTo(Status.OK);
      assertThat(end.trailers().get(TEXT)).isEqualTo("one");
    }
  }

  @Test
  void aDeadline_isInTheContext_andEndsTheCall() throws Exception {
    CompletableFuture<List<Object>> seen = new CompletableFuture<>();
    try (TestServer server =
            TestServer.start((_, out) -> {
              CountDownLatch cancelled = new CountDownLatch(1);
              Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
              cancelled.await();
              seen.complete(List.of(Context.current().getDeadline() != null, out.isCancelled()));
            });
        RawHttp2Client client = RawHttp2Client.connect(server, 1 << 15)) {
      // A client of its own making: grpc-java's would end the call by itself at the same moment.
      client.callWithTimeout(1, "1S");
      Frame end = client.readUntil(Frame::endsStream);
      assertThat(end.grpcStatus()).isEqualTo(Status.Code.DEADLINE_EXCEEDED.value());
      assertThat(seen.get(TestStream.CEILING_SECONDS, SECONDS)).containsExactly(true, true);
      client.ping();
    }
  }

  @Test
  void aDeadlineThatPassesDuringABlockedWrite_endsTheHandler() throws Exception {
    try (TestServer server =
            TestServer.start((_, out) -> TestServer.write(1L << 40, 0, out::onNext));
        TestChannel channel = TestChannel.to(server)) {
      TestStream stream =
          TestStream.open(
              channel,
              CallOptions.DEFAULT.withDeadlineAfter(500, MILLISECONDS),
              new Metadata(),
              0,
              1);
      assertThat(stream.awaitStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      server.awaitNoHandlers();
      server.assertNoFailures();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "S", "-5S", "123456789S", "5x"})
  void aMalformedTimeout_isInvalid_andRunsNothing(String timeout) throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        RawHttp2Client client = RawHttp2Client.connect(server, 1 << 15)) {
      client.callWithTimeout(1, timeout);
      assertThat(client.readUntil(Frame::endsStream).grpcStatus())
          .isEqualTo(Status.Code.INVALID_ARGUMENT.value());
      assertThat(server.started).hasValue(0);
    }
  }

  @RepeatedTest(20) // two threads end the call at once
  void aHandlerThatEndsAfterTheDeadline_sendsNoSecondEnd() throws Exception {
    try (TestServer server =
            TestServer.start((_, out) -> {
              CountDownLatch passed = new CountDownLatch(1);
              Context.current().addListener(_ -> passed.countDown(), Runnable::run);
              passed.await();
              out.onError(Status.UNAVAILABLE.asRuntimeException());
            });
        RawHttp2Client client = RawHttp2Client.connect(server, 1 << 15)) {
      client.callWithTimeout(1, "100m");
      Frame end = client.readUntil(Frame::endsStream);
      assertThat(end.grpcStatus()).isEqualTo(Status.Code.DEADLINE_EXCEEDED.value());
      server.awaitNoHandlers(); // on a slow machine the deadline may pass before there is one
      client.call(3);
      client.reset(3);
      client.pingWithoutFramesOf(1);
    }
  }

  @Test
  void aMessageBeyondAscii_arrivesAsItWas() throws Exception {
    String text = "no log for é 日本 100% \n\u0000 end";
    try (TestServer server =
            TestServer.start(
                (_, out) -> out.onError(Status.ABORTED.withDescription(text).asException()));
        TestChannel channel = TestChannel.to(server)) {
      assertThat(TestStream.open(channel, 1).awaitStatus().getDescription()).isEqualTo(text);
    }
  }

  @Test
  void detailsThatAreTooLarge_areLeftOut_andTheConnectionGoesOn() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (TestServer server =
            TestServer.start((_, out) -> {
              if (calls.getAndIncrement() > 0) {
                out.onCompleted();
                return;
              }
              Metadata big = trailers();
              big.put(StatusTrailers.DETAILS, new byte[20_000]);
              out.onError(Status.ABORTED.withDescription("é".repeat(10_000)).asException(big));
            });
        TestChannel channel = TestChannel.to(server)) {
      TestStream.End end = TestStream.open(channel, 1).awaitEnd();
      assertThat(end.status().getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(end.status().getDescription()).startsWith("ééé").endsWith("é...");
      assertThat(end.trailers().containsKey(StatusTrailers.DETAILS)).isFalse();
      assertThat(end.trailers().get(TEXT)).isEqualTo("one");
      assertThat(TestStream.open(channel, 1).awaitStatus()).isEqualTo(Status.OK);
    }
  }

  @Test
  void aRequestThatIsTooLarge_isResourceExhausted() throws Exception {
    TransportConfig config = TransportConfig.defaults().withMaxRequestMessageSize(100_000);
    try (TestServer server = TestServer.with().config(config).start((_, out) -> out.onCompleted());
        TestChannel channel = TestChannel.to(server)) {
      for (int size : new int[] {100_001, 1_000_000}) {
        Status status = unary(channel, CallOptions.DEFAULT, new byte[size]);
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription())
            .isEqualTo("grpc: received message larger than max (" + size + " vs. 100000)");
      }
      assertThat(unary(channel, CallOptions.DEFAULT, new byte[100_000])).isEqualTo(Status.OK);
    }
  }

  @Test
  void aCompressedRequest_isUnimplemented() throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        TestChannel channel = TestChannel.to(server)) {
      Status status =
          unary(channel, CallOptions.DEFAULT.withCompression("gzip"), new byte[100_000]);
      assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }
  }

  @Test
  void aRequestThatCannotBeParsed_isInternal() throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        TestChannel channel = TestChannel.to(server)) {
      for (int i = 0; i < 3; i++) {
        Status status = unary(channel, CallOptions.DEFAULT, new byte[] {-1});
        assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
      }
      assertThat(unary(channel, CallOptions.DEFAULT, new byte[] {1})).isEqualTo(Status.OK);
    }
  }

  @Test
  void metadataThatIsNotBase64_isInternal() throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        RawHttp2Client client = RawHttp2Client.connect(server, 1 << 15)) {
      client.callWithHeader(1, "x-bytes-bin", "???");
      assertThat(client.readUntil(Frame::endsStream).grpcStatus())
          .isEqualTo(Status.Code.INTERNAL.value());
      client.call(3);
      assertThat(client.readUntil(Frame::endsStream).streamId()).isEqualTo(3);
    }
  }

  @Test
  void anUnknownMethod_isUnimplemented() throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        TestChannel channel = TestChannel.to(server)) {
      TestStream stream =
          TestStream.open(channel, TestServer.method("Nope", MethodType.SERVER_STREAMING));
      Status status = stream.awaitStatus();
      assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(status.getDescription()).isEqualTo("unknown method");
    }
  }

  @Test
  void callsRejectedBeforeTheirRequestArrives_leaveTheConnectionUp() throws Exception {
    ServerInterceptor rejects =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            call.close(Status.UNAUTHENTICATED.withDescription("who?"), new Metadata());
            return new ServerCall.Listener<>() {};
          }
        };
    try (TestServer server =
            TestServer.with().interceptor(rejects).start((_, out) -> out.onCompleted());
        RawHttp2Client client = RawHttp2Client.connect(server, 1 << 15)) {
      client.beginCall(1);
      assertThat(client.readUntil(Frame::endsStream).grpcStatus())
          .isEqualTo(Status.Code.UNAUTHENTICATED.value());
      client.beginCall(3); // Helidon forgets what it has finished when a new stream comes
      client.readUntil(Frame::endsStream);
      client.beginCall(5);
      client.endCall(1, 0);
      client.endCall(3, 0);
      client.reset(1);
      client.ping();
      assertThat(server.started).hasValue(0);
    }
  }

  private static Status unary(TestChannel channel, CallOptions options, byte[] request) {
    try {
      ClientCalls.blockingServerStreamingCall(
              channel,
              TestServer.STREAM,
              options.withDeadlineAfter(TestStream.CEILING_SECONDS, SECONDS),
              request)
          .forEachRemaining(_ -> {});
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }
}
