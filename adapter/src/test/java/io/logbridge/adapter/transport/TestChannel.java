// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;

/** A grpc-java channel that a test closes. */
final class TestChannel extends Channel implements AutoCloseable {

  private final ManagedChannel channel;

  private TestChannel(ManagedChannel channel) {
    this.channel = channel;
  }

  static TestChannel to(TestServer server) {
    return new TestChannel(builder(server).build());
  }

  /** With flow-control windows of exactly this size, for each stream and for the connection. */
  static TestChannel to(TestServer server, int window) {
    return new TestChannel(builder(server).flowControlWindow(window).build());
  }

  static ManagedChannel to(int port) {
    return NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  private static NettyChannelBuilder builder(TestServer server) {
    return NettyChannelBuilder.forAddress("localhost", server.port()).usePlaintext();
  }

  ManagedChannel managed() {
    return channel;
  }

  @Override
  public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    return channel.newCall(method, options);
  }

  @Override
  public String authority() {
    return channel.authority();
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow().awaitTermination(TestStream.CEILING_SECONDS, SECONDS);
  }
}
