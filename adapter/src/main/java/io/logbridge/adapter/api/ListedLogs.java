// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.util.Set;

/** Which versions of the service {@code Logs} reflection and health know. */
public enum ListedLogs {
  /** None, and none is served: there is no log store. */
  NONE,
  V1ALPHA3,
  /**
   * The older one too, which answers in any case. The watcher of Tekton Results takes it as an
   * invitation to push logs, and then lets go of runs without waiting for their records.
   */
  BOTH;

  Set<String> names() {
    return switch (this) {
      case NONE -> Set.of();
      case V1ALPHA3 -> Set.of(LogsGrpc.SERVICE_NAME);
      case BOTH -> Set.of(LogsGrpc.SERVICE_NAME, io.logbridge.proto.v1alpha2.LogsGrpc.SERVICE_NAME);
    };
  }
}
