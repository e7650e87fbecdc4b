// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.logbridge.adapter.transport.RawHttp2Client.Frame;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Defects D1 and D2: a reset concerns its own stream, unless there are far too many. */
@Timeout(60)
class ResetTest {

  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int WINDOW = 32 << 10;

  @Test
  void eightyCancelsBesideALongStream_leaveItWhole() throws Exception {
    int size = 64 << 20;
    CountDownLatch allCancelled = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start((request, out) -> {
              if (request[0] == 1) {
                TestServer.write(size / 2, 1, out::onNext);
                allCancelled.await();
                TestServer.writeFrom(size / 2, size, 1, out::onNext);
              } else {
                TestServer.write(size, request[0], out::onNext);
              }
              out.onCompleted();
            });
        TestChannel channel = TestChannel.to(server)) {
      TestStream kept = TestStream.open(channel, 1, TestStream.ALL);
      for (int i = 0; i < 80; i++) {
        TestStream cancelled = TestStream.open(channel, 2, TestStream.ALL);
        cancelled.awaitFirstMessage();
        cancelled.cancel();
        assertThat(cancelled.awaitStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
      }
      allCancelled.countDown();
      assertThat(kept.awaitStatus()).isEqualTo(Status.OK);
      assertThat(kept.received()).isEqualTo(size);
      assertThat(server.started).hasValue(81);
    }
  }

  @Test
  void aResetThatIsRepeated_isIgnored() throws Exception {
    try (TestServer server = TestServer.start(this::endless);
        RawHttp2Client client = RawHttp2Client.connect(server, WINDOW)) {
      client.call(1);
      client.readUntil(frame -> frame.type() == RawHttp2Client.DATA);
      client.call(3);
      client.readUntil(frame -> frame.type() == RawHttp2Client.HEADERS && frame.streamId() == 3);
      client.reset(1);
      client.call(5);
      client.readUntil(frame -> frame.type() == RawHttp2Client.HEADERS && frame.streamId() == 5);
      client.reset(1);
      client.reset(1);
      client.ping();
      client.reset(3);
      client.reset(5);
      client.ping();
      server.awaitNoHandlers();
    }
  }

  @Test
  void aResetOfAStreamThatHasFinished_isIgnored() throws Exception {
    try (TestServer server =
            TestServer.start((request, out) -> {
              if (request[0] != 0) {
                endless(request, out);
              }
              out.onCompleted();
            });
        RawHttp2Client client = RawHttp2Client.connect(server, WINDOW)) {
      client.call(1);
      client.readUntil(Frame::endsStream);
      client.beginCall(3);
      client.endCall(3, 7);
      client.readUntil(frame -> frame.type() == RawHttp2Client.DATA && frame.streamId() == 3);
      client.reset(1);
      client.ping();
      client.reset(3);
    }
  }

  @Test
  void aResetBeforeTheRequestIsComplete_isHeard() throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        RawHttp2Client client = RawHttp2Client.connect(server, WINDOW)) {
      for (int id = 1; id < 200; id += 2) {
        client.beginCall(id);
        client.reset(id);
      }
      client.call(201);
      Frame end = client.readUntil(Frame::endsStream);
      assertThat(end.streamId()).isEqualTo(201);
      assertThat(server.started).hasValue(1);
    }
  }

  @Test
  void aHundredQuickCancels_areNoAttack() throws Exception {
    try (TestServer server = TestServer.start(this::endless);
        RawHttp2Client client = RawHttp2Client.connect(server, WINDOW)) {
      for (int id = 1; id < 200; id += 2) {
        client.call(id);
        client.reset(id);
      }
      client.ping();
      server.awaitNoHandlers();
    }
  }

  @Test
  void aFloodOfResets_endsTheConnection() throws Exception {
    TransportConfig config = TransportConfig.defaults().withMaxResets(50);
    try (TestServer server = TestServer.with().config(config).start(this::endless);
        RawHttp2Client client = RawHttp2Client.connect(server, WINDOW)) {
      for (int id = 1; id <= 51 * 2; id += 2) {
        client.call(id);
        client.reset(id);
      }
      Frame goAway = client.readUntil(frame -> frame.type() == RawHttp2Client.GOAWAY);
      assertThat(goAway.errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
      Frame last = goAway;
      while (last != null) {
        last = client.read();
      }
      server.awaitNoHandlers();
    }
  }

  @RepeatedTest(10) // the reset and the handler's return race
  void aHandlerThatHasReturnedWithoutEnding_isForgottenWithTheReset() throws Exception {
    BlockingQueue<ServerCallStreamObserver<byte[]>> calls = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((_, out) -> calls.add(out));
        RawHttp2Client client = RawHttp2Client.connect(server, WINDOW)) {
      client.call(1);
      ServerCallStreamObserver<byte[]> call =
          calls.poll(TestStream.CEILING_SECONDS, TimeUnit.SECONDS);
      client.reset(1);
      client.ping();
      assertThat(call.isCancelled()).isTrue();
      client.call(3);
      calls.poll(TestStream.CEILING_SECONDS, TimeUnit.SECONDS).onCompleted();
      assertThat(client.readUntil(Frame::endsStream).streamId()).isEqualTo(3);
      client.ping();
      client.ping();
    }
  }

  @Test
  void requestsOfCancelledCalls_doNotUseUpTheServersWindow() throws Exception {
    int size = 16_000;
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        RawHttp2Client client = RawHttp2Client.connect(server, WINDOW)) {
      // Twice what the server accepts on a connection before it must have given something back.
      for (int id = 1; id / 2 * size < 2 << 20; id += 2) {
        client.beginCall(id);
        byte[] request = new byte[size];
        request[3] = (byte) ((size - 5) >> 8);
        request[4] = (byte) (size - 5);
        client.send(RawHttp2Client.DATA, RawHttp2Client.END_STREAM, id, request);
        client.reset(id);
      }
      client.ping();
      server.awaitNoHandlers();
      assertThat(client.windowOfServer()).isGreaterThan(512 << 10);
    }
  }

  private void endless(byte[] request, ServerCallStreamObserver<byte[]> out) {
    TestServer.write(Long.MAX_VALUE / 2, request[0], out::onNext);
  }
}
