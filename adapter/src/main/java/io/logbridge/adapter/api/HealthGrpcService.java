// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.record.Database;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code grpc.health.v1.Health}. Every service of ours needs the database, and none of them the log
 * store before it has a run; so a service is healthy if the database answers now.
 */
public final class HealthGrpcService extends HealthGrpc.HealthImplBase {

  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(5);

  private final Database database;
  private final Set<String> services;

  /**
   * @param listed which versions of the service {@code Logs} are known here, as to reflection
   */
  public HealthGrpcService(Database database, ListedLogs listed) {
    this.database = database;
    this.services =
        Stream.concat(Stream.of(ResultsGrpc.SERVICE_NAME), listed.names().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    ServingStatus status = status(request.getService());
    if (status == ServingStatus.SERVICE_UNKNOWN) {
      observer.onError(Status.NOT_FOUND.withDescription("unknown service").asRuntimeException());
      return;
    }
    observer.onNext(response(status));
    observer.onCompleted();
  }

  /** Sends the status now and whenever a look every few seconds finds another one. */
  @Override
  public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    CountDownLatch cancelled = new CountDownLatch(1);
    Context.CancellationListener listener = _ -> cancelled.countDown();
    Context context = Context.current();
    context.addListener(listener, Runnable::run);
    try {
      ServingStatus last = ServingStatus.UNKNOWN;
      do {
        ServingStatus status = status(request.getService());
        if (status != last) {
          observer.onNext(response(status));
          last = status;
        }
      } while (!cancelled.await(WATCH_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      observer.onError(Status.UNAVAILABLE.withDescription("the server stops").asRuntimeException());
    } finally {
      context.removeListener(listener);
    }
  }

  private ServingStatus status(String service) {
    if (!service.isEmpty() && !services.contains(service)) {
      return ServingStatus.SERVICE_UNKNOWN;
    }
    try {
      database.check();
      return ServingStatus.SERVING;
    } catch (RuntimeException _) {
      return ServingStatus.NOT_SERVING; // the calls that fail for it are logged
    }
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }
}
