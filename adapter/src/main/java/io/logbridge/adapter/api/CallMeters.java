// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.Descriptors;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Counts the calls of each method, over gRPC and over REST, by the names that go-grpc-prometheus
 * uses, and with it Tekton Results: dashboards and alerts that were made for it go on.
 *
 * <p>All series are there from the start, and no call makes another one: what is counted of a
 * method that does not exist is nothing. Safe for use by many threads.
 */
public final class CallMeters {

  private final Map<String, MethodMeters> methods;

  private CallMeters(Map<String, MethodMeters> methods) {
    this.methods = methods;
  }

  /**
   * Registers the meters of all methods of some services.
   *
   * @param durations whether a histogram says how long calls take
   */
  public static CallMeters of(
      List<ServerServiceDefinition> services, boolean durations, MeterRegistry meters) {
    return new CallMeters(
        services.stream()
            .flatMap(service -> service.getMethods().stream())
            .map(ServerMethodDefinition::getMethodDescriptor)
            .collect(
                Collectors.toUnmodifiableMap(
                    MethodDescriptor::getFullMethodName,
                    method -> new MethodMeters(method, durations, meters))));
  }

  /** A call over HTTP; it counts from when it {@linkplain CountedCall#begin begins}. */
  CountedCall call(Descriptors.MethodDescriptor method) {
    return call(
        MethodDescriptor.generateFullMethodName(
            method.getService().getFullName(), method.getName()));
  }

  /** The same by the full name of the method, as gRPC writes it: {@code SERVICE/METHOD}. */
  CountedCall call(String method) {
    return new CountedCall(Objects.requireNonNull(methods.get(method), method));
  }

  /**
   * For gRPC. To be outside of all that ends calls, the transport's boundary included: the status
   * that counts is the one that the client gets.
   */
  ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        CountedCall counted = call(call.getMethodDescriptor().getFullMethodName());
        counted.begin();
        return new Counting<>(counted, next.startCall(new Counted<>(counted, call), headers));
      }
    };
  }

  private static final class Counted<Q, R> extends SimpleForwardingServerCall<Q, R> {

    private final CountedCall counted;

    Counted(CountedCall counted, ServerCall<Q, R> call) {
      super(call);
      this.counted = counted;
    }

    @Override
    public void sendMessage(R message) {
      super.sendMessage(message);
      counted.sent();
    }

    /** Counted before the client knows, so that whoever has an answer finds it counted. */
    @Override
    public void close(Status status, Metadata trailers) {
      counted.ended(status.getCode().value());
      super.close(status, trailers);
    }
  }

  private static final class Counting<Q> extends SimpleForwardingServerCallListener<Q> {

    private final CountedCall counted;

    Counting(CountedCall counted, ServerCall.Listener<Q> handler) {
      super(handler);
      this.counted = counted;
    }

    @Override
    public void onMessage(Q message) {
      counted.received();
      super.onMessage(message);
    }

    /** A handler whose client has left need not end its call. */
    @Override
    public void onCancel() {
      super.onCancel();
      counted.ended(Status.Code.CANCELLED.value());
    }
  }
}
