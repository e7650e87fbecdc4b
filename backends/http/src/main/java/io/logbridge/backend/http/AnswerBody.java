// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read while it arrives. The client's own stream waits for its bytes without
 * end; this one gives up at its deadline and when its thread is interrupted. The network stays at
 * most {@value #AHEAD} portions ahead of the reader, which are 64 KiB each in the server ({@code
 * jdk.httpclient.bufsize}): to ask for them one by one wakes the client's thread for each.
 */
final class AnswerBody extends InputStream implements BodySubscriber<AnswerBody> {

  /** What the network has for the reader. */
  private sealed interface Signal {

    record Bytes(List<ByteBuffer> buffers) implements Signal {}

    record End() implements Signal {}

    record Broken(Throwable cause) implements Signal {}
  }

  /** The body did not come in time. */
  static final class LateException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The connection broke amid the body. */
  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenException(Throwable cause) {
      super(cause);
    }
  }

  private static final int AHEAD = 8;

  private final Deadline deadline;
  private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
  private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
  private @Nullable IOException failure;
  private int received;
  private boolean ended;

  AnswerBody(Deadline deadline) {
    this.deadline = deadline;
  }

  @Override
  public CompletionStage<AnswerBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    if (subscribed.complete(subscription)) {
      subscription.request(AHEAD);
    } else {
      subscription.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    signals.add(new Signal.Bytes(item));
  }

  @Override
  public void onError(Throwable cause) {
    signals.add(new Signal.Broken(cause));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal.End());
  }

  /** Why reading failed, if it did: a parser may wrap or hide it. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    ByteBuffer buffer = next();
    return buffer == null ? -1 : buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = next();
    if (buffer == null) {
      return -1;
    }
    int read = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, read);
    return read;
  }

  /** A buffer that has bytes, or {@code null} at the end. */
  private @Nullable ByteBuffer next() throws IOException {
    while (!ended) {
      ByteBuffer buffer = buffers.peek();
      if (buffer == null) {
        receive();
      } else if (buffer.hasRemaining()) {
        return buffer;
      } else {
        buffers.remove();
      }
    }
    return null;
  }

  private void receive() throws IOException {
    if (failure != null) {
      throw failure;
    }
    switch (await()) {
      case Signal.Bytes(var more) -> {
        buffers.addAll(more);
        askForMore();
      }
      case Signal.End() -> ended = true;
      case Signal.Broken(var cause) -> throw fail(new BrokenException(cause));
    }
  }

  private void askForMore() {
    received++;
    if (received % (AHEAD / 2) == 0) {
      CompletableFuture<?> _ =
          subscribed.thenAccept(subscription -> subscription.request(AHEAD / 2));
    }
  }

  private Signal await() throws IOException {
    try {
      Signal signal = signals.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      if (signal == null) {
        throw fail(new LateException());
      }
      return signal;
    } catch (InterruptedException _) {
      throw fail(new InterruptedIOException());
    }
  }

  private IOException fail(IOException reason) {
    failure = reason;
    return reason;
  }

  /** Closes the connection, unless the body has been read to its end. */
  @Override
  public void close() {
    if (!ended) {
      CompletableFuture<?> _ = subscribed.thenAccept(Flow.Subscription::cancel);
    }
  }
}
