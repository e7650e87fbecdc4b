// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http.HttpRouting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A server with the transport under test and one service whose methods the test writes. */
final class TestServer implements AutoCloseable {

  /** One request, many responses; messages are plain bytes. */
  static final MethodDescriptor<byte[], byte[]> STREAM =
      method("Stream", MethodType.SERVER_STREAMING);

  /** One request, one response; served as {@link #STREAM} is. */
  static final MethodDescriptor<byte[], byte[]> ONCE = method("Once", MethodType.UNARY);

  /** Many requests; the handler sees them through a queue that ends with an empty array. */
  static final MethodDescriptor<byte[], byte[]> COLLECT =
      method("Collect", MethodType.CLIENT_STREAMING);

  static final int CHUNK = 32 << 10;

  /** What a test makes the server do with a call. */
  @FunctionalInterface
  interface Handler {
    void serve(byte[] request, ServerCallStreamObserver<byte[]> out) throws Exception;
  }

  /** What the server is made of; all but the handler have defaults. */
  static final class Setup {
    private TransportConfig config = TransportConfig.defaults();
    private Handler handler = (_, out) -> out.onCompleted();
    private ServerInterceptor[] interceptors = {};
    private Consumer<HttpRouting.Builder> http = _ -> {};
    private Consumer<WebServerConfig.Builder> server = _ -> {};
    private Consumer<GrpcRouting.Builder> grpc = _ -> {};

    Setup config(TransportConfig value) {
      config = value;
      return this;
    }

    Setup interceptor(ServerInterceptor value) {
      interceptors = new ServerInterceptor[] {value};
      return this;
    }

    Setup http(Consumer<HttpRouting.Builder> value) {
      http = value;
      return this;
    }

    Setup grpc(Consumer<GrpcRouting.Builder> value) {
      grpc = value;
      return this;
    }

    Setup server(Consumer<WebServerConfig.Builder> value) {
      server = value;
      return this;
    }

    TestServer start(Handler value) {
      handler = value;
      return new TestServer(this);
    }
  }

  final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  final AtomicInteger active = new AtomicInteger();
  final AtomicInteger started = new AtomicInteger();
  final BlockingQueue<byte[]> collected = new LinkedBlockingQueue<>();
  private final WebServer server;

  private TestServer(Setup setup) {
    WebServerConfig.Builder builder = WebServer.builder().port(0);
    GrpcRouting.Builder grpc =
        GrpcRouting.builder().service(service(setup.handler)).intercept(setup.interceptors);
    setup.grpc.accept(grpc);
    HttpRouting.Builder http = HttpRouting.builder();
    GrpcTransport.configure(
        builder, setup.config, (_, failure) -> failures.add(failure), grpc, http);
    setup.http.accept(http);
    setup.server.accept(builder);
    server = builder.build().start();
  }

  static Setup with() {
    return new Setup();
  }

  static TestServer start(Handler handler) {
    return with().start(handler);
  }

  int port() {
    return server.port();
  }

  /** Begins to stop; returns when stopped. */
  void stop() {
    server.stop();
  }

  void awaitNoHandlers() {
    Awaitility.await().atMost(TestStream.CEILING_SECONDS, SECONDS).until(() -> active.get() == 0);
  }

  @Override
  public void close() {
    try {
      awaitNoHandlers();
    } finally {
      server.stop();
    }
  }

  /** Writes this many bytes of {@link #pattern} in chunks. */
  static void write(long total, int seed, Consumer<byte[]> out) {
    writeFrom(0, total, seed, out);
  }

  static void writeFrom(long from, long to, int seed, Consumer<byte[]> out) {
    for (long at = from; at < to; at += CHUNK) {
      out.accept(pattern(at, (int) Math.min(CHUNK, to - at), seed));
    }
  }

  /** Bytes that depend on their place in the stream, so that a loss or a repetition shows. */
  static byte[] pattern(long from, int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = at(from + i, seed);
    }
    return bytes;
  }

  static byte at(long position, int seed) {
    return (byte) (position * 31 + (position >> 8) + seed);
  }

  static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName("test.Bytes/" + name)
        .setRequestMarshaller(new BytesMarshaller())
        .setResponseMarshaller(new BytesMarshaller())
        .build();
  }

  private ServerServiceDefinition service(Handler handler) {
    return ServerServiceDefinition.builder("test.Bytes")
        .addMethod(
            STREAM,
            ServerCalls.asyncServerStreamingCall(
                (byte[] request, StreamObserver<byte[]> out) -> serve(handler, request, out)))
        .addMethod(
            ONCE,
            ServerCalls.asyncUnaryCall(
                (byte[] request, StreamObserver<byte[]> out) -> serve(handler, request, out)))
        .addMethod(COLLECT, ServerCalls.asyncClientStreamingCall(this::collect))
        .build();
  }

  private void serve(Handler handler, byte[] request, StreamObserver<byte[]> out) {
    started.incrementAndGet();
    active.incrementAndGet();
    try {
      handler.serve(request, (ServerCallStreamObserver<byte[]>) out);
    } catch (Exception e) {
      throw TestServer.<RuntimeException>sneaky(e);
    } finally {
      active.decrementAndGet();
    }
  }

  private StreamObserver<byte[]> collect(StreamObserver<byte[]> out) {
    started.incrementAndGet();
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] value) {
        collected.add(value);
      }

      @Override
      public void onError(Throwable t) {
        failures.add(t);
      }

      @Override
      public void onCompleted() {
        out.onNext(new byte[] {(byte) collected.size()});
        out.onCompleted();
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E sneaky(Exception e) throws E {
    throw (E) e;
  }

  void assertNoFailures() {
    assertThat(List.copyOf(failures)).isEmpty();
  }

  private static final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        byte[] bytes = stream.readAllBytes();
        if (bytes.length == 1 && bytes[0] == -1) {
          throw new IllegalArgumentException("unreadable");
        }
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
