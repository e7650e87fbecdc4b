// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.ServerInterceptor;

/** What the gRPC services of this package need around them. */
public final class CallInterceptors {

  private CallInterceptors() {}

  /** Gives services the metadata of their call. */
  public static ServerInterceptor metadata() {
    return CallMetadata.interceptor();
  }
}
