// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.BindableService;
import io.helidon.webserver.grpc.GrpcRouting;
import java.util.ArrayList;
import java.util.List;

/** All that is served over gRPC. */
public final class GrpcFace {

  private GrpcFace() {}

  /**
   * The services, and reflection over them.
   *
   * @param listed which versions of the service {@code Logs} reflection lists
   */
  public static GrpcRouting.Builder routing(
      ResultsGrpcService results,
      LogsGrpcService logs,
      LogsV1alpha2GrpcService older,
      HealthGrpcService health,
      ListedLogs listed) {
    List<BindableService> served = new ArrayList<>(List.of(health, results));
    if (listed != ListedLogs.NONE) {
      served.add(logs.v1alpha3());
      served.add(older);
    }
    GrpcRouting.Builder routing = GrpcRouting.builder().intercept(CallMetadata.interceptor());
    served.forEach(routing::service);
    if (listed != ListedLogs.BOTH) {
      served.remove(older);
    }
    ServerReflection.over(served).forEach(routing::service);
    return routing;
  }
}
