// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import com.google.api.HttpBody;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32C;

/** One GetLog that is under way; sums up what comes. */
final class LogCall {

  /** So many messages of 32 KiB a fast reader has room for. */
  private static final int AHEAD = 256;

  private final ClientCall<GetLogRequest, HttpBody> call;
  private final Pace pace;
  private final long start = System.nanoTime();
  private final CompletableFuture<Long> first = new CompletableFuture<>();
  private final CompletableFuture<Received> end = new CompletableFuture<>();
  private final CompletableFuture<Boolean> halted = new CompletableFuture<>();
  private volatile boolean left;
  private volatile boolean resumed;

  /**
   * What has been received.
   *
   * @param checksum of all of it
   * @param nanos from the request to the end
   */
  record Received(Checksum checksum, long nanos) {

    double seconds() {
      return nanos / 1e9;
    }
  }

  private LogCall(ClientCall<GetLogRequest, HttpBody> call, Pace pace) {
    this.call = call;
    this.pace = pace;
  }

  static LogCall start(ClientCall<GetLogRequest, HttpBody> call, SampleLog log, Pace pace) {
    LogCall started = new LogCall(call, pace);
    call.start(started.new Listener(), new Metadata());
    call.request(pace.equals(Pace.FULL) ? AHEAD : 1);
    call.sendMessage(GetLogRequest.newBuilder().setName(log.name()).build());
    call.halfClose();
    return started;
  }

  /** How long the first message took. */
  long firstNanos(Duration ceiling) throws InterruptedException {
    return await(first, ceiling);
  }

  /**
   * Waits for the end.
   *
   * @throws IllegalStateException if the call fails, or takes longer
   */
  Received end(Duration ceiling) throws InterruptedException {
    return await(end, ceiling);
  }

  /** Waits until it has halted, as its pace says. */
  void awaitHalt(Duration ceiling) throws InterruptedException {
    boolean _ = await(halted, ceiling);
  }

  /** Reads on after a halt, as fast as it goes. */
  void resume() {
    resumed = true;
    call.request(Integer.MAX_VALUE);
  }

  /** Leaves; {@link #end} has what came until then. */
  void cancel() {
    left = true;
    call.cancel("enough", null);
  }

  private static <T> T await(CompletableFuture<T> value, Duration ceiling)
      throws InterruptedException {
    try {
      return value.get(ceiling.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the call has failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the call is not done after " + ceiling, e);
    }
  }

  /** Called by one thread at a time. */
  private final class Listener extends ClientCall.Listener<HttpBody> {

    private final CRC32C crc = new CRC32C();
    private long bytes;
    private int messages;

    @Override
    public void onMessage(HttpBody message) {
      first.complete(System.nanoTime() - start);
      bytes += message.getData().size();
      for (var buffer : message.getData().asReadOnlyByteBufferList()) {
        crc.update(buffer);
      }
      messages++;
      if (bytes < pace.haltAfter()) {
        more();
      } else if (!resumed) {
        halted.complete(true);
      }
    }

    private void more() {
      if (pace.isFull()) {
        call.request(1);
        return;
      }
      long due = start + (long) (bytes * (1e9 / pace.bytesPerSecond()));
      CompletableFuture.delayedExecutor(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS)
          .execute(() -> call.request(1));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk() || (left && status.getCode() == Status.Code.CANCELLED)) {
        Checksum checksum = new Checksum(bytes, crc.getValue());
        end.complete(new Received(checksum, System.nanoTime() - start));
      } else {
        end.completeExceptionally(status.asException());
      }
      IllegalStateException early =
          new IllegalStateException(status + " after " + messages + " messages");
      first.completeExceptionally(early);
      halted.completeExceptionally(early);
    }
  }
}
