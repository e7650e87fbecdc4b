// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A server-streaming call whose reader takes only what the test asks for, and checks each byte. */
final class TestStream extends ClientCall.Listener<byte[]> {

  static final int ALL = Integer.MAX_VALUE;

  /** As a demand: one message every few milliseconds. */
  static final int SLOWLY = -1;

  /** How long anything may take before the test fails. */
  static final int CEILING_SECONDS = 30;

  /** How a call ended. */
  record End(Status status, Metadata trailers) {}

  private final ClientCall<byte[], byte[]> call;
  private final int seed;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final CountDownLatch firstMessage = new CountDownLatch(1);
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong(-1);
  private final boolean slow;

  private TestStream(ClientCall<byte[], byte[]> call, int seed, boolean slow) {
    this.call = call;
    this.seed = seed;
    this.slow = slow;
  }

  static TestStream open(Channel channel, int demand) {
    return open(channel, CallOptions.DEFAULT, new Metadata(), 0, demand);
  }

  static TestStream open(Channel channel, int seed, int demand) {
    return open(channel, CallOptions.DEFAULT, new Metadata(), seed, demand);
  }

  static TestStream open(
      Channel channel, CallOptions options, Metadata headers, int seed, int demand) {
    return open(channel.newCall(TestServer.STREAM, options), headers, seed, demand);
  }

  static TestStream open(Channel channel, MethodDescriptor<byte[], byte[]> method) {
    return open(channel.newCall(method, CallOptions.DEFAULT), new Metadata(), 0, ALL);
  }

  static TestStream open(ClientCall<byte[], byte[]> call, Metadata headers, int seed, int demand) {
    TestStream stream = new TestStream(call, seed, demand == SLOWLY);
    call.start(stream, headers);
    call.request(Math.max(1, demand));
    call.sendMessage(new byte[] {(byte) seed});
    call.halfClose();
    return stream;
  }

  void read(int messages) {
    call.request(messages);
  }

  void cancel() {
    call.cancel("the test cancels", null);
  }

  void awaitFirstMessage() throws Exception {
    if (!firstMessage.await(CEILING_SECONDS, SECONDS)) {
      throw new AssertionError("no message within " + CEILING_SECONDS + " s");
    }
  }

  End awaitEnd() throws Exception {
    End ended = end.get(CEILING_SECONDS, SECONDS);
    if (wrong.get() >= 0) {
      throw new AssertionError("wrong byte at " + wrong.get());
    }
    return ended;
  }

  Status awaitStatus() throws Exception {
    return awaitEnd().status();
  }

  long received() {
    return received.get();
  }

  @Override
  public void onMessage(byte[] message) {
    long from = received.get();
    for (int i = 0; i < message.length; i++) {
      if (message[i] != TestServer.at(from + i, seed)) {
        wrong.compareAndSet(-1, from + i);
      }
    }
    received.addAndGet(message.length);
    firstMessage.countDown();
    if (slow) {
      CompletableFuture.delayedExecutor(2, MILLISECONDS).execute(() -> call.request(1));
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.complete(new End(status, trailers));
  }
}
