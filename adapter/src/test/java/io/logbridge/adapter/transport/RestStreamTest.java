// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.transport.RawHttp2Client.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** REST over HTTP/2 shares the window, the cancellation and the stall limit with gRPC. */
@Timeout(60)
class RestStreamTest {

  private static final int SIZE = 256 << 10;
  private static final int CANCEL = 8;

  private final AtomicInteger active = new AtomicInteger();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);

  private TestServer server(TransportConfig config) {
    return TestServer.with()
        .config(config)
        .http(this::routes)
        .start((request, out) -> {
          TestServer.write(SIZE, request[0], out::onNext);
          out.onCompleted();
        });
  }

  private void routes(HttpRouting.Builder http) {
    http.get("/stream/{size}", this::stream)
        .get("/send/{size}", (request, response) -> response.send(body(size(request))))
        .get("/wait", this::awaitCancel);
  }

  private void stream(ServerRequest request, ServerResponse response) {
    active.incrementAndGet();
    try (OutputStream out = response.outputStream()) {
      TestServer.write(
          size(request),
          0,
          bytes -> {
            try {
              out.write(bytes);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      active.decrementAndGet();
    }
  }

  private void awaitCancel(ServerRequest request, ServerResponse response) {
    Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
    waiting.countDown();
    try {
      cancelled.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    response.send();
  }

  private static long size(ServerRequest request) {
    return Long.parseLong(request.path().pathParameters().get("size"));
  }

  private static byte[] body(long size) {
    return TestServer.pattern(0, (int) size, 0);
  }

  @Test
  void http1_aClientThatLeaves_isNoticedWithoutAWrite() throws Exception {
    try (TestServer server = server(TransportConfig.defaults());
        Socket client = new Socket("127.0.0.1", server.port())) {
      client.getOutputStream().write("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      waiting.await();

      client.close();

      cancelled.await();
    }
  }

  @Test
  void manyDownloadsOnOneConnection_neverOverdrawIt_andArriveWhole() throws Exception {
    int streams = 120;
    try (TestServer server = server(TransportConfig.defaults());
        RawHttp2Client client = RawHttp2Client.connect(server, 60_000)) {
      for (int i = 0; i < streams; i++) {
        int id = 2 * i + 1;
        switch (i % 3) {
          case 0 -> client.get(id, "/stream/" + SIZE);
          case 1 -> client.get(id, "/send/" + SIZE);
          default -> client.call(id);
        }
        client.grant(id, 2 * SIZE);
      }
      Map<Integer, Integer> received = new HashMap<>();
      for (int ended = 0; ended < streams; ) {
        Frame frame = client.readUntil(f -> f.type() == RawHttp2Client.DATA || f.endsStream());
        if (frame.type() == RawHttp2Client.DATA) {
          received.merge(frame.streamId(), frame.payload().length, Integer::sum);
          // Only once it is used up: then every writer waits, and all begin together.
          if (client.connectionWindow() == 0) {
            client.grant(0, SIZE);
          }
        }
        ended += frame.endsStream() ? 1 : 0;
      }
      int prefixes = 5 * (SIZE / TestServer.CHUNK);
      for (int i = 0; i < streams; i++) {
        assertThat(received.get(2 * i + 1)).isEqualTo(i % 3 == 2 ? SIZE + prefixes : SIZE);
      }
    }
  }

  @Test
  void aBodyOfOneWrite_hasItsLength_andItsBytes() throws Exception {
    try (TestServer server = server(TransportConfig.defaults());
        RawHttp2Client client = RawHttp2Client.connect(server, 60_000)) {
      client.get(1, "/send/1000");
      Frame headers = client.readUntil(frame -> frame.type() == RawHttp2Client.HEADERS);
      assertThat(headers.headers().get("content-length")).hasToString("1000");
      Frame data = client.readUntil(frame -> frame.type() == RawHttp2Client.DATA);
      assertThat(data.payload()).isEqualTo(body(1000));
    }
  }

  @Test
  void anEmptyBody_andAMissingPage_areAnswered() throws Exception {
    try (TestServer server = server(TransportConfig.defaults());
        RawHttp2Client client = RawHttp2Client.connect(server, 60_000)) {
      client.get(1, "/send/0");
      Frame empty = client.readUntil(frame -> frame.type() == RawHttp2Client.HEADERS);
      assertThat(empty.headers().status()).hasToString("200");
      client.get(3, "/nowhere");
      Frame missing =
          client.readUntil(
              frame -> frame.type() == RawHttp2Client.HEADERS && frame.streamId() == 3);
      assertThat(missing.headers().status()).hasToString("404");
    }
  }

  @Test
  void aDownloadThatIsReset_endsItsBlockedWriter_andNothingElse() throws Exception {
    try (TestServer server = server(TransportConfig.defaults());
        RawHttp2Client client = RawHttp2Client.connect(server, 20_000)) {
      for (int id = 1; id < 100; id += 2) {
        int stream = id;
        client.get(stream, "/stream/1000000000");
        client.readGranting(f -> f.type() == RawHttp2Client.DATA && f.streamId() == stream);
        client.reset(stream);
        client.reset(stream);
      }
      client.ping();
      awaitNoDownloads();
    }
  }

  @Test
  void aDownloadWhoseReaderStalls_isResetAtTheLimit() throws Exception {
    TransportConfig config = TransportConfig.defaults().withStallLimit(Duration.ofMillis(300));
    try (TestServer server = server(config);
        RawHttp2Client client = RawHttp2Client.connect(server, 20_000)) {
      client.get(1, "/stream/1000000000");
      Frame reset = client.readUntil(frame -> frame.type() == RawHttp2Client.RST_STREAM);
      assertThat(reset.streamId()).isEqualTo(1);
      assertThat(reset.errorCode()).isEqualTo(CANCEL);
      awaitNoDownloads();
      client.ping();
    }
  }

  @Test
  void aHandlerThatWaits_seesItsClientLeave() throws Exception {
    try (TestServer server = server(TransportConfig.defaults())) {
      try (RawHttp2Client client = RawHttp2Client.connect(server, 20_000)) {
        client.get(1, "/wait");
        assertThat(waiting.await(TestStream.CEILING_SECONDS, SECONDS)).isTrue();
        client.reset(1);
        assertThat(cancelled.await(TestStream.CEILING_SECONDS, SECONDS)).isTrue();
        client.ping();
      }
    }
  }

  @Test
  void aLostConnection_endsBlockedDownloads() throws Exception {
    try (TestServer server = server(TransportConfig.defaults())) {
      try (RawHttp2Client client = RawHttp2Client.connect(server, 20_000)) {
        client.get(1, "/stream/1000000000");
        client.readUntil(frame -> frame.type() == RawHttp2Client.DATA);
      }
      awaitNoDownloads();
    }
  }

  @Test
  void oneListener_servesHttp1AndGrpc_andRefusesTheUpgrade() throws Exception {
    try (TestServer server = server(TransportConfig.defaults());
        HttpClient http = HttpClient.newHttpClient();
        TestChannel channel = TestChannel.to(server)) {
      // Java's client asks for an upgrade to h2c by default, and is content without.
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://localhost:" + server.port() + "/stream/" + SIZE))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(response.body()).isEqualTo(body(SIZE));
      TestStream stream = TestStream.open(channel, 3, TestStream.ALL);
      assertThat(stream.awaitStatus()).isEqualTo(Status.OK);
      assertThat(stream.received()).isEqualTo(SIZE);
    }
  }

  private void awaitNoDownloads() {
    Awaitility.await().atMost(TestStream.CEILING_SECONDS, SECONDS).until(() -> active.get() == 0);
  }
}
