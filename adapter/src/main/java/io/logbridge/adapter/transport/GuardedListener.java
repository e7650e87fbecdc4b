// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import io.grpc.ServerCall;

/** Runs a handler's callbacks so that whatever they throw ends their call (D4). */
final class GuardedListener<Q> extends ServerCall.Listener<Q> {

  private final GuardedCall<Q, ?> call;
  private final ServerCall.Listener<Q> handler;

  GuardedListener(GuardedCall<Q, ?> call, ServerCall.Listener<Q> handler) {
    this.call = call;
    this.handler = handler;
  }

  @Override
  public void onReady() {
    call.started(new Cancellable());
    run(handler::onReady);
  }

  @Override
  public void onMessage(Q message) {
    run(() -> handler.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    run(handler::onHalfClose);
  }

  @Override
  public void onCancel() {
    call.cancelledByHelidon();
  }

  @Override
  public void onComplete() {
    run(handler::onComplete);
  }

  private void run(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable e) { // an Error too: the client must not wait for an answer
      call.fail(e);
    }
  }

  /** The way back from the call: once, and not through Helidon. */
  private final class Cancellable extends ServerCall.Listener<Q> {
    @Override
    public void onCancel() {
      run(handler::onCancel);
    }
  }
}
