// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.util.concurrent.TimeUnit;

/** One gRPC connection to the server. Safe for use by many threads. */
final class LogClient implements AutoCloseable {

  /** How much a fast reader lets the server send ahead. */
  static final int LARGE_WINDOW = 4 << 20;

  /** What a reader has that asks for nothing special (the default of HTTP/2). */
  static final int SMALL_WINDOW = 65_535;

  private final ManagedChannel channel;

  /**
   * @param window of flow control, in bytes
   */
  LogClient(int port, int window) {
    // The stream's own thread does the little that is done with a message.
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .flowControlWindow(window)
            .directExecutor()
            .build();
  }

  /** Begins to read a log. */
  LogCall open(SampleLog log, Pace pace) {
    ClientCall<io.logbridge.proto.v1alpha3.GetLogRequest, com.google.api.HttpBody> call =
        channel.newCall(LogsGrpc.getGetLogMethod(), CallOptions.DEFAULT);
    return LogCall.start(call, log, pace);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
