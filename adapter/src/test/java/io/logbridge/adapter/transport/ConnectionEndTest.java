// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Defects D7 and D9, and stopping: what becomes of streams when their connection or server ends.
 */
@Timeout(60)
class ConnectionEndTest {

  @Test
  void aClientProcessThatDies_cancelsItsIdleAndItsWritingHandler() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(2);
    CountDownLatch idle = new CountDownLatch(1);
    try (TestServer server =
        TestServer.start((request, out) -> {
          Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
          out.onNext(TestServer.pattern(0, 10, request[0]));
          if (request[0] == 0) {
            Context.current().addListener(_ -> idle.countDown(), Runnable::run);
            idle.await();
          } else {
            endless(request, out);
          }
        })) {
      Process client = fork(server.port());
      try (BufferedReader lines = client.inputReader()) {
        assertThat(lines.readLine()).isEqualTo("reading");
        assertThat(server.active).hasValue(2);
      } finally {
        client.destroyForcibly().waitFor();
      }
      assertThat(cancelled.await(TestStream.CEILING_SECONDS, SECONDS)).isTrue();
      server.awaitNoHandlers();
      server.assertNoFailures();
    }
  }

  /** What the forked client runs: two streams of which it reads one message each. */
  static final class DyingClient {
    public static void main(String[] arguments) throws Exception {
      ManagedChannel channel = TestChannel.to(Integer.parseInt(arguments[0]));
      TestStream idle = TestStream.open(channel, 0, 1);
      TestStream writing = TestStream.open(channel, 1, 1);
      idle.awaitFirstMessage();
      writing.awaitFirstMessage();
      System.out.println("reading");
      new CountDownLatch(1).await();
    }
  }

  private static Process fork(int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DyingClient.class.getName(),
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void aConnectionLostDuringARequest_leavesNoThreadBehind() throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted())) {
      try (RawHttp2Client client = RawHttp2Client.connect(server, 1 << 15)) {
        client.post(1, "/test.Bytes/Collect", "application/grpc");
        client.post(3, "/rest", "text/plain");
        client.ping();
        // The connection has its request; that the stream's own thread has begun is another matter.
        Awaitility.await()
            .atMost(TestStream.CEILING_SECONDS, SECONDS)
            .until(() -> server.started.get() == 1);
      }
      assertStopsBeforeItsGrace(server); // waits for every thread of the server
      assertThat(server.failures)
          .singleElement()
          .satisfies(failure ->
              assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.CANCELLED));
    }
  }

  @Test
  void aQuietStream_outlivesTheIdleTime() throws Exception {
    CountDownLatch speak = new CountDownLatch(1);
    TransportConfig config = TransportConfig.defaults().withIdleTime(Duration.ofSeconds(1));
    try (TestServer server =
            TestServer.with()
                .config(config)
                .start((_, out) -> {
                  out.onNext(TestServer.pattern(0, 10, 0));
                  speak.await();
                  out.onNext(TestServer.pattern(10, 10, 0));
                  out.onCompleted();
                });
        RawHttp2Client idle = RawHttp2Client.connect(server, 1 << 15);
        TestChannel channel = TestChannel.to(server)) {
      TestStream stream = TestStream.open(channel, TestStream.ALL);
      stream.awaitFirstMessage();
      // Two connections without streams, begun one after the other, are closed: time has passed.
      for (RawHttp2Client other :
          new RawHttp2Client[] {idle, RawHttp2Client.connect(server, 9999)}) {
        while (other.read() != null) {}
        other.close();
      }
      speak.countDown();
      assertThat(stream.awaitStatus()).isEqualTo(Status.OK);
      assertThat(stream.received()).isEqualTo(20);
      assertThat(server.started).hasValue(1);
    }
  }

  @RepeatedTest(5) // the last stream may end before or after the connection is told
  void aStoppingServer_letsItsStreamsEnd_andTakesNoNewOnes() throws Exception {
    int size = 16 << 20;
    CountDownLatch writing = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start((request, out) -> {
              writing.countDown();
              TestServer.write(size, request[0], out::onNext);
              out.onCompleted();
            });
        TestChannel channel = TestChannel.to(server)) {
      TestStream stream = TestStream.open(channel, 1);
      writing.await();
      stream.awaitFirstMessage();
      Thread stopping = Thread.startVirtualThread(server::stop);
      Awaitility.await()
          .atMost(TestStream.CEILING_SECONDS, SECONDS)
          .untilAsserted(() ->
              assertThatThrownBy(() -> RawHttp2Client.connect(server, 9999).close())
                  .isInstanceOf(IOException.class));
      stream.read(TestStream.ALL); // many WINDOW_UPDATEs, each of which cut the connection before
      assertThat(stream.awaitStatus()).isEqualTo(Status.OK);
      assertThat(stream.received()).isEqualTo(size);
      assertThat(stopping.join(Duration.ofSeconds(TestStream.CEILING_SECONDS))).isTrue();
    }
  }

  @Test
  void aStoppingServer_doesNotWaitForIdleConnections() throws Exception {
    try (TestServer server = TestServer.start((_, out) -> out.onCompleted());
        TestChannel channel = TestChannel.to(server)) {
      assertThat(TestStream.open(channel, 1).awaitStatus()).isEqualTo(Status.OK);
      assertStopsBeforeItsGrace(server);
    }
  }

  /** A server that waits for something that does not end stops when its grace is over. */
  private static void assertStopsBeforeItsGrace(TestServer server) {
    Duration grace = TransportConfig.defaults().shutdownGrace();
    long begun = System.nanoTime();
    server.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(grace.minusSeconds(5));
  }

  private static void endless(byte[] request, ServerCallStreamObserver<byte[]> out) {
    TestServer.writeFrom(10, Long.MAX_VALUE / 2, request[0], out::onNext);
  }
}
