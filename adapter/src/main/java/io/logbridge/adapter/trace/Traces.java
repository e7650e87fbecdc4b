// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.trace;

import io.logbridge.backend.SettingsException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where spans begin. There is one destination in a process, as with log lines, and until one is
 * installed spans cost next to nothing and go nowhere.
 *
 * <p>Set up by the environment variables of OpenTelemetry ({@code OTEL_*}, see <a
 * href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">its
 * specification</a>). Off unless {@code OTEL_TRACES_EXPORTER} is {@code otlp}.
 *
 * <p>Safe for use by many threads.
 */
public final class Traces {

  private static final String SCOPE = "io.logbridge";

  /** What counts where the environment says nothing. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "logbridge",
          "otel.traces.exporter", "none",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.propagators", "tracecontext",
          "otel.exporter.otlp.protocol", "http/protobuf");

  private static volatile OpenTelemetry destination = OpenTelemetry.noop();

  private Traces() {}

  /**
   * Installs what the environment asks for.
   *
   * @return sends what is left, and sends nothing from then on
   * @throws SettingsException if a variable cannot be used
   */
  public static Installation fromEnvironment() {
    return from(Map.of());
  }

  /** The same, with these properties where the environment has none. */
  static Installation from(Map<String, String> properties) {
    try {
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .addPropertiesSupplier(() -> DEFAULTS)
              .addPropertiesSupplier(() -> properties)
              .disableShutdownHook()
              .build()
              .getOpenTelemetrySdk();
      return install(sdk);
    } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
      throw new SettingsException("OTEL_*: " + rootMessage(e), e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Installs a destination, which belongs to the installation from now on. */
  public static Installation install(OpenTelemetrySdk sdk) {
    destination = sdk;
    return () -> {
      destination = OpenTelemetry.noop();
      sdk.close();
    };
  }

  /** A destination while spans go there. */
  @FunctionalInterface
  public interface Installation extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins the span of a call, a child of the caller's if the headers name one (W3C Trace Context).
   *
   * @param headers all values of a header
   */
  public static Traced call(String name, Function<String, List<String>> headers) {
    OpenTelemetry here = destination;
    Context parent =
        here.getPropagators().getTextMapPropagator().extract(Context.current(), headers, HEADERS);
    return begin(tracer(here), name, SpanKind.SERVER, parent);
  }

  /** Begins the span of a request to something else, a child of the current span. */
  public static Traced request(String name) {
    return request(name, Context.current());
  }

  /** The same for a thread that works for another one, whose current context is the parent. */
  public static Traced request(String name, Context parent) {
    return begin(tracer(destination), name, SpanKind.CLIENT, parent);
  }

  private static Tracer tracer(OpenTelemetry telemetry) {
    return telemetry.getTracer(SCOPE);
  }

  private static Traced begin(Tracer tracer, String name, SpanKind kind, Context parent) {
    return new Traced(tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan());
  }

  private static final TextMapGetter<Function<String, List<String>>> HEADERS =
      new TextMapGetter<>() {
        @Override
        public @Nullable String get(@Nullable Function<String, List<String>> carrier, String key) {
          List<String> values = carrier == null ? List.of() : carrier.apply(key);
          return values.isEmpty() ? null : values.getFirst();
        }
      };
}
