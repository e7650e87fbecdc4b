// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.api.AccessLine;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The server's log as JSON: each line is one object, whatever is in it. An access line has what it
 * says as fields too, and what is logged during a call has the call's trace.
 */
final class JsonLogLines extends Formatter {

  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String format(LogRecord line) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("time", line.getInstant().toString());
      json.writeStringProperty("level", level(line.getLevel()));
      json.writeStringProperty("logger", line.getLoggerName());
      json.writeStringProperty("message", formatMessage(line));
      Object[] parameters = line.getParameters();
      if (parameters != null
          && parameters.length == 1
          && parameters[0] instanceof AccessLine call) {
        call(json, call);
      }
      trace(json, Span.current().getSpanContext());
      if (line.getThrown() != null) {
        json.writeStringProperty("error", LogLines.stackTrace(line.getThrown()));
      }
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  /** As OpenTelemetry names them in logs that are JSON. */
  private static void trace(JsonGenerator json, SpanContext span) {
    if (span.isValid()) {
      json.writeStringProperty("trace_id", span.getTraceId());
      json.writeStringProperty("span_id", span.getSpanId());
    }
  }

  private static void call(JsonGenerator json, AccessLine call) {
    json.writeStringProperty("method", call.method());
    json.writeStringProperty("name", call.name());
    json.writeStringProperty("code", call.code().name());
    json.writeNumberProperty("bytes", call.bytes());
    json.writeNumberProperty("milliseconds", call.millis());
    if (call.failure() != null) {
      json.writeStringProperty("failure", call.failure());
    }
  }

  /** The words of {@code server.logLevel}. */
  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "warning";
    }
    return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
  }
}
