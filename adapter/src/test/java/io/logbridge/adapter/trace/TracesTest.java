// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.logbridge.backend.SettingsException;
import io.opentelemetry.api.trace.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracesTest {

  @Test
  void spans_goToTheCollectorThatTheEnvironmentNames() throws Exception {
    BlockingQueue<String> exported = new LinkedBlockingQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          exported.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      Traces.Installation traces =
          Traces.from(
              Map.of(
                  "otel.traces.exporter",
                  "otlp",
                  "otel.exporter.otlp.endpoint",
                  "http://127.0.0.1:" + collector.getAddress().getPort()));
      Traces.call("gRPC GetLog", _ -> List.of()).close();
      traces.close();

      assertThat(exported.take()).contains("gRPC GetLog").contains("logbridge");
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void withoutAnExporter_nothingIsRecorded() {
    try (Traces.Installation _ = Traces.from(Map.of());
        Traced _ = Traces.call("gRPC GetLog", _ -> List.of())) {
      assertThat(Span.current().isRecording()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "otel.traces.exporter, zipkin, zipkin",
    "otel.exporter.otlp.endpoint, nowhere, nowhere",
    "otel.exporter.otlp.protocol, grpc, GrpcSender"
  })
  void variableThatCannotBeUsed_stopsTheStart(String property, String value, String named) {
    Map<String, String> properties = new HashMap<>(Map.of("otel.traces.exporter", "otlp"));
    properties.put(property, value);

    assertThatThrownBy(() -> Traces.from(properties))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("OTEL_*: ")
        .hasMessageContaining(named);
  }
}
