// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one method. They are looked up here, once, so that a call only adds to them. Safe
 * for use by many threads.
 */
final class MethodMeters {

  /** Those of Prometheus' client for Go, which go-grpc-prometheus takes. */
  private static final Duration[] BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Counter started;
  private final Counter received;
  private final Counter sent;
  private final Counter[] handled;
  private final @Nullable Timer handling;

  /**
   * Registers the meters.
   *
   * @param durations whether there is a histogram of how long calls take
   */
  MethodMeters(MethodDescriptor<?, ?> method, boolean durations, MeterRegistry meters) {
    Tags tags =
        Tags.of(
            "grpc_service",
            String.valueOf(method.getServiceName()),
            "grpc_method",
            String.valueOf(method.getBareMethodName()),
            "grpc_type",
            type(method.getType()));
    this.started =
        counter("grpc.server.started", "Calls that have reached their method", tags, meters);
    this.received =
        counter("grpc.server.msg.received", "Messages that clients have sent", tags, meters);
    this.sent = counter("grpc.server.msg.sent", "Messages that were sent to clients", tags, meters);
    this.handled =
        Arrays.stream(Status.Code.values())
            .map(code ->
                counter(
                    "grpc.server.handled",
                    "Calls that are over, by how they ended",
                    tags.and("grpc_code", name(code)),
                    meters))
            .toArray(Counter[]::new);
    this.handling =
        durations
            ? Timer.builder("grpc.server.handling")
                .description("How long calls took")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(meters)
            : null;
  }

  private static Counter counter(String name, String what, Tags tags, MeterRegistry meters) {
    return Counter.builder(name).description(what).tags(tags).register(meters);
  }

  private static String type(MethodDescriptor.MethodType type) {
    return switch (type) {
      case UNARY -> "unary";
      case CLIENT_STREAMING -> "client_stream";
      case SERVER_STREAMING -> "server_stream";
      case BIDI_STREAMING -> "bidi_stream";
      case UNKNOWN -> throw new IllegalArgumentException("a method without a type");
    };
  }

  /** As Go calls a code: {@code InvalidArgument}. */
  private static String name(Status.Code code) {
    return switch (code) {
      case OK -> "OK";
      case CANCELLED -> "Canceled";
      default ->
          Arrays.stream(code.name().split("_", -1))
              .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
              .collect(Collectors.joining());
    };
  }

  void started() {
    started.increment();
  }

  void received() {
    received.increment();
  }

  void sent() {
    sent.increment();
  }

  /** A call is over. */
  void handled(int code, long nanos) {
    handled[code].increment();
    if (handling != null) {
      handling.record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
