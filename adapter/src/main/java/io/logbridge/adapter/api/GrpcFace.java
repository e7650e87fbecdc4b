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
   * @param reflectLogsV1alpha2 whether reflection lists the older service {@code Logs}, which
   *     answers in any case. The watcher of Tekton Results takes it as an invitation to push logs,
   *     and then lets go of runs without waiting for their records
   */
  public static GrpcRouting.Builder routing(
      ResultsGrpcService results,
      LogsGrpcService logs,
      LogsV1alpha2GrpcService older,
      HealthGrpcService health,
      boolean reflectLogsV1alpha2) {
    List<BindableService> visible = List.of(health, results, logs.v1alpha3());
    GrpcRouting.Builder routing =
        GrpcRouting.builder().intercept(CallMetadata.interceptor()).service(older);
    visible.forEach(routing::service);
    List<BindableService> listed = new ArrayList<>(visible);
    if (reflectLogsV1alpha2) {
      listed.add(older);
    }
    ServerReflection.over(listed).forEach(routing::service);
    return routing;
  }
}
