// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchedReadsTest {

  /** What the socket gives: bytes, null at the end, or a failure. */
  private final BlockingQueue<Supplier<byte[]>> socket = new LinkedBlockingQueue<>();

  private final CountDownLatch asked = new CountDownLatch(1);
  private final WatchedReads reads = new WatchedReads(DataReader.create(this::next));
  private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

  private byte[] next() {
    asked.countDown();
    try {
      return socket.take().get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClientThatLeavesWhileItIsWatched_isGone_andItsConnectionAtItsEnd() throws Exception {
    watch();

    socket.add(() -> null);

    assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(reads.get()).isNull();
  }

  @Test
  void whatComesWhileItIsWatched_isReadNext_onceAndInOrder() {
    watch();

    socket.add(() -> "one".getBytes(UTF_8));
    socket.add(() -> "two".getBytes(UTF_8));

    assertThat(reads.get()).asString(UTF_8).isEqualTo("one");
    assertThat(reads.get()).asString(UTF_8).isEqualTo("two");
    assertThat(gone).isNotDone();
  }

  @Test
  void aConnectionThatBreaksWhileItIsWatched_isOneWithoutAClient() throws Exception {
    watch();

    socket.add(() -> {
      throw new UncheckedIOException(new IOException("reset"));
    });

    assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(reads::get).hasMessageContaining("reset");
  }

  @Test
  void whileTheConnectionReads_nobodyElseDoes() throws Exception {
    CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(reads::get);
    asked.await();

    reads.watch(() -> gone.complete(true));
    socket.add(() -> "body".getBytes(UTF_8));

    assertThat(read.get(20, TimeUnit.SECONDS)).asString(UTF_8).isEqualTo("body");
    socket.add(() -> null);
    assertThat(reads.get()).isNull();
    assertThat(gone).isNotDone();
  }

  private void watch() {
    reads.watch(() -> gone.complete(true));
  }
}
