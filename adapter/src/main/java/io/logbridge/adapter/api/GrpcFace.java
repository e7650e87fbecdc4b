// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.helidon.grpc.core.InterceptorWeights;
import io.helidon.webserver.grpc.GrpcRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All that is served over gRPC. */
public final class GrpcFace {

  /** Outside of the transport's boundary. */
  private static final int OUTERMOST = InterceptorWeights.CONTEXT + 2;

  private final List<BindableService> services;
  private final List<ServerServiceDefinition> reflection;

  /**
   * The services, and reflection over them.
   *
   * @param listed which versions of the service {@code Logs} reflection lists
   */
  public GrpcFace(
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
    this.services = List.copyOf(served);
    if (listed != ListedLogs.BOTH) {
      served.remove(older);
    }
    this.reflection = ServerReflection.over(served);
  }

  /** Every service, those that are not listed included. */
  public List<ServerServiceDefinition> services() {
    return Stream.concat(services.stream().map(BindableService::bindService), reflection.stream())
        .toList();
  }

  /**
   * What leads to the services.
   *
   * @param meters of {@link #services()}
   */
  public GrpcRouting.Builder routing(CallMeters meters) {
    GrpcRouting.Builder routing =
        GrpcRouting.builder()
            .intercept(OUTERMOST, meters.interceptor())
            .intercept(CallMetadata.interceptor());
    services.forEach(routing::service);
    reflection.forEach(routing::service);
    return routing;
  }
}
