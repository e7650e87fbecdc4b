// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.InternalServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * gRPC reflection, in both of its versions, over the services that clients are to see.
 *
 * <p>The implementation is grpc-java's, which asks the server of the current call for its services.
 * There is no such server here, so a stand-in that has nothing but them goes with each call.
 * Helidon's own implementation names a service once for each of its methods.
 */
public final class ServerReflection {

  private ServerReflection() {}

  /**
   * The services of reflection.
   *
   * @param visible the services that are listed, besides reflection itself
   */
  public static List<ServerServiceDefinition> over(List<BindableService> visible) {
    @SuppressWarnings("deprecation") // the older version is what older clients ask for
    List<ServerServiceDefinition> reflection =
        List.of(
            ProtoReflectionServiceV1.newInstance().bindService(),
            ProtoReflectionService.newInstance().bindService());
    List<ServerServiceDefinition> listed =
        Stream.concat(visible.stream().map(BindableService::bindService), reflection.stream())
            .toList();
    ServerInterceptor interceptor = with(new ListedServices(listed));
    return reflection.stream()
        .map(service -> ServerInterceptors.intercept(service, interceptor))
        .toList();
  }

  private static ServerInterceptor with(Server services) {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Context context = Context.current().withValue(InternalServer.SERVER_CONTEXT_KEY, services);
        return Contexts.interceptCall(context, call, headers, next);
      }
    };
  }

  /** As much of a server as reflection looks at. */
  private static final class ListedServices extends Server {

    private final List<ServerServiceDefinition> services;

    ListedServices(List<ServerServiceDefinition> services) {
      this.services = services;
    }

    @Override
    public List<ServerServiceDefinition> getImmutableServices() {
      return services;
    }

    @Override
    public List<ServerServiceDefinition> getMutableServices() {
      return List.of();
    }

    @Override
    public Server start() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Server shutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Server shutdownNow() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void awaitTermination() {
      throw new UnsupportedOperationException();
    }
  }
}
