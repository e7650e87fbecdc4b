// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.Context;
import io.logbridge.adapter.stream.CallScope;

/**
 * A request over HTTP while it is served. Its scope has the client's deadline, and is cancelled
 * when the client leaves, as soon as that is seen.
 */
public final class HttpCall implements AutoCloseable {

  private final CallScope scope = new CallScope(GrpcCalls.deadline());
  private final Context context = Context.current();
  private final Context.CancellationListener listener = _ -> scope.cancel();

  private HttpCall() {
    context.addListener(listener, Runnable::run);
  }

  /** Begins to serve the request of the current thread; close it in the end. */
  public static HttpCall begin() {
    return new HttpCall();
  }

  public CallScope scope() {
    return scope;
  }

  @Override
  public void close() {
    context.removeListener(listener);
  }
}
