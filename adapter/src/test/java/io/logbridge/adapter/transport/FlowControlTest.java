// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Defects D3, D5 and D6: who may write how much, and what becomes of a writer that must wait. */
@Timeout(60)
class FlowControlTest {

  private static final int MIB = 1 << 20;

  @Test
  void aThousandStreamsOnOneConnection_allArriveWhole() throws Exception {
    int size = 256 << 10;
    try (TestServer server = TestServer.start((request, out) -> send(request, size, out));
        TestChannel channel = TestChannel.to(server)) {
      List<TestStream> streams = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        streams.add(TestStream.open(channel, i % 100, TestStream.ALL));
      }
      for (TestStream stream : streams) {
        assertThat(stream.awaitStatus()).isEqualTo(Status.OK);
        assertThat(stream.received()).isEqualTo(size);
      }
    }
  }

  @Test
  void sixteenSlowReadersWithASmallWindow_allArriveWhole() throws Exception {
    int size = 2 * MIB;
    try (TestServer server = TestServer.start((request, out) -> send(request, size, out));
        TestChannel channel = TestChannel.to(server, 64 << 10)) {
      List<TestStream> streams = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        streams.add(TestStream.open(channel, i, TestStream.SLOWLY));
      }
      for (TestStream stream : streams) {
        assertThat(stream.awaitStatus()).isEqualTo(Status.OK);
        assertThat(stream.received()).isEqualTo(size);
      }
    }
  }

  /** What is kept back of such an answer must not be what its reader is waiting for. */
  @Test
  void anAnswerOfOneMessageThatIsLargerThanTheWindow_arrivesWhole() throws Exception {
    try (TestServer server =
            TestServer.start((_, out) -> {
              out.onNext(TestServer.pattern(0, MIB, 0));
              out.onCompleted();
            });
        TestChannel channel = TestChannel.to(server, 16 << 10)) {
      TestStream stream = TestStream.open(channel, TestServer.ONCE);
      assertThat(stream.awaitStatus()).isEqualTo(Status.OK);
      assertThat(stream.received()).isEqualTo(MIB);
    }
  }

  @Test
  void aWriterThatWaitsForItsReader_isWokenByCancel() throws Exception {
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    try (TestServer server =
            TestServer.start((request, out) -> {
              try {
                send(request, 100 * MIB, out);
              } finally {
                cancelled.complete(Context.current().isCancelled());
              }
            });
        TestChannel channel = TestChannel.to(server)) {
      TestStream stream = TestStream.open(channel, 1);
      stream.awaitFirstMessage();
      stream.cancel();
      assertThat(cancelled.get(TestStream.CEILING_SECONDS, SECONDS)).isTrue();
      server.awaitNoHandlers();
      server.assertNoFailures();
    }
  }

  @Test
  void aReaderThatStallsTooLong_getsAStatus() throws Exception {
    TransportConfig config = TransportConfig.defaults().withStallLimit(Duration.ofMillis(500));
    try (TestServer server =
            TestServer.with().config(config).start((request, out) -> send(request, 50 * MIB, out));
        TestChannel channel = TestChannel.to(server)) {
      TestStream stalled = TestStream.open(channel, 1);
      stalled.awaitFirstMessage();
      server.awaitNoHandlers();
      stalled.read(TestStream.ALL);
      Status status = stalled.awaitStatus();
      assertThat(status.getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(status.getDescription()).isEqualTo("the reader has taken nothing for PT0.5S");
      assertThat(stalled.received()).isPositive().isLessThan(50 * MIB);
    }
  }

  @Test
  void aHandlerThatSwallowsTheStall_cannotTurnItIntoOk() throws Exception {
    TransportConfig config = TransportConfig.defaults().withStallLimit(Duration.ofMillis(300));
    try (TestServer server =
            TestServer.with()
                .config(config)
                .start((_, out) -> {
                  try {
                    TestServer.write(50 * MIB, 0, out::onNext);
                  } catch (RuntimeException _) {
                    out.onCompleted();
                  }
                });
        TestChannel channel = TestChannel.to(server)) {
      TestStream stalled = TestStream.open(channel, 1);
      stalled.awaitFirstMessage();
      server.awaitNoHandlers();
      stalled.read(TestStream.ALL);
      assertThat(stalled.awaitStatus().getCode()).isEqualTo(Status.Code.ABORTED);
    }
  }

  @Test
  void aReaderThatStallsForLessThanTheLimit_getsTheRest() throws Exception {
    AtomicLong sent = new AtomicLong();
    TransportConfig config = TransportConfig.defaults().withStallLimit(Duration.ofSeconds(20));
    try (TestServer server =
            TestServer.with()
                .config(config)
                .start((_, out) -> {
                  TestServer.write(
                      20 * MIB,
                      0,
                      bytes -> {
                        out.onNext(bytes);
                        sent.addAndGet(bytes.length);
                      });
                  out.onCompleted();
                });
        TestChannel channel = TestChannel.to(server)) {
      TestStream stream = TestStream.open(channel, 1);
      stream.awaitFirstMessage();
      Quiet.await(sent, Duration.ofMillis(300));
      assertThat(sent).hasValueLessThan(20 * MIB);
      stream.read(TestStream.ALL);
      assertThat(stream.awaitStatus()).isEqualTo(Status.OK);
      assertThat(stream.received()).isEqualTo(20 * MIB);
    }
  }

  @Test
  void aStallOfSeventySeconds_isWithinTheDefaultLimit() {
    assertThat(TransportConfig.defaults().stallLimit()).isGreaterThan(Duration.ofSeconds(70));
  }

  @Test
  void aStalledReader_doesNotHoldUpItsNeighbours() throws Exception {
    try (TestServer server = TestServer.start((request, out) -> send(request, 4 * MIB, out));
        TestChannel channel = TestChannel.to(server)) {
      TestStream stalled = TestStream.open(channel, 1);
      stalled.awaitFirstMessage();
      for (int i = 0; i < 4; i++) {
        TestStream other = TestStream.open(channel, i, TestStream.ALL);
        assertThat(other.awaitStatus()).isEqualTo(Status.OK);
        assertThat(other.received()).isEqualTo(4 * MIB);
      }
      stalled.cancel();
    }
  }

  private static void send(byte[] request, long size, ServerCallStreamObserver<byte[]> out) {
    TestServer.write(size, request[0], out::onNext);
    out.onCompleted();
  }
}
