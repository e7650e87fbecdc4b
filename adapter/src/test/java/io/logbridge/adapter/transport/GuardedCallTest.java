// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.helidon.webserver.CloseConnectionException;
import io.logbridge.adapter.transport.WriteRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a handler finds when it cannot send, whichever thread is first to know why. */
class GuardedCallTest {

  private final Context.CancellableContext context = Context.ROOT.withCancellation();
  private final List<String> told = new ArrayList<>();

  @Test
  void aMessageRefusedBecauseThePeerHasLeft_findsTheContextCancelled() {
    GuardedCall<byte[], byte[]> call = refusing(Reason.PEER_GONE);
    assertThatThrownBy(() -> call.sendMessage(new byte[1]))
        .hasMessage("CANCELLED: refused in the test");
    assertThat(context.isCancelled()).isTrue();
    assertThat(told).containsExactly("cancelled");
  }

  /** The status that tells the reader of it is still to be sent. */
  @Test
  void aMessageRefusedBecauseTheReaderStalls_leavesTheContextToTheEndOfTheCall() {
    GuardedCall<byte[], byte[]> call = refusing(Reason.STALLED);
    assertThatThrownBy(() -> call.sendMessage(new byte[1]))
        .hasMessage("ABORTED: refused in the test");
    assertThat(context.isCancelled()).isFalse();
    assertThat(told).isEmpty();
    context.cancel(null);
  }

  /** A client that leaves before the first message is no failure of the handler. */
  @Test
  void headersThatFindTheConnectionGone_findTheContextCancelled() {
    GuardedCall<byte[], byte[]> call = refusing(new CloseConnectionException("lost in the test"));
    assertThatThrownBy(() -> call.sendHeaders(new Metadata()))
        .isInstanceOfSatisfying(StatusRuntimeException.class, call::fail)
        .hasMessage("CANCELLED: the connection is gone");
    assertThat(context.isCancelled()).isTrue();
    assertThat(told).containsExactly("cancelled");
  }

  private GuardedCall<byte[], byte[]> refusing(Reason reason) {
    return refusing(new WriteRefusedException(reason, "refused in the test"));
  }

  private GuardedCall<byte[], byte[]> refusing(RuntimeException refusal) {
    GuardedCall<byte[], byte[]> call =
        new GuardedCall<>(
            new RefusingCall(refusal), context, null, (method, failure) -> told.add(method));
    call.started(
        new ServerCall.Listener<>() {
          @Override
          public void onCancel() {
            told.add("cancelled");
          }
        });
    return call;
  }

  /** A call that lets nothing through. */
  private static final class RefusingCall extends ServerCall<byte[], byte[]> {
    private final RuntimeException refusal;

    RefusingCall(RuntimeException refusal) {
      this.refusal = refusal;
    }

    @Override
    public void sendMessage(byte[] message) {
      throw refusal;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {
      throw refusal;
    }

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<byte[], byte[]> getMethodDescriptor() {
      return TestServer.STREAM;
    }
  }
}
