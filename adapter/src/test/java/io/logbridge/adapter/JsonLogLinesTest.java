// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.logbridge.adapter.api.AccessLine;
import io.logbridge.adapter.config.ServerConfig.LogForm;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLogLinesTest {

  private static LogRecord line(Level level, String message, Object... parameters) {
    LogRecord line = new LogRecord(level, message);
    line.setInstant(Instant.parse("2026-08-20T10:00:00.123456Z"));
    line.setLoggerName("io.logbridge.access");
    line.setParameters(parameters);
    return line;
  }

  private static String format(LogRecord line) {
    return new JsonLogLines().format(line);
  }

  @Test
  void aLine_isOneObject() {
    assertThat(format(line(Level.WARNING, "port {0}", "8080")))
        .isEqualTo(
            "{\"time\":\"2026-08-20T10:00:00.123456Z\",\"level\":\"warning\","
                + "\"logger\":\"io.logbridge.access\",\"message\":\"port 8080\"}\n");
  }

  @Test
  void aLine_ofACallThatIsTracedNamesItsTrace() {
    SpanContext call =
        SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            TraceFlags.getSampled(),
            TraceState.getDefault());
    try (Scope _ = Span.wrap(call).makeCurrent()) {
      assertThat(format(line(Level.INFO, "text")))
          .endsWith(
              "\"message\":\"text\",\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\","
                  + "\"span_id\":\"b7ad6b7169203331\"}\n");
    }
  }

  @Test
  void aText_ofSeveralLinesAndWithQuotes_staysInItsLine() {
    String text = "one\ntwo \"three\" \u001b[31m";

    String formatted = format(line(Level.INFO, text));

    assertThat(formatted.lines()).hasSize(1);
    assertThat(JsonMapper.shared().readTree(formatted).get("message").stringValue())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"SEVERE, error", "WARNING, warning", "INFO, info", "FINE, debug", "FINEST, debug"})
  void aLevel_isAWordOfTheSetting(String level, String word) {
    JsonNode formatted = JsonMapper.shared().readTree(format(line(Level.parse(level), "text")));

    assertThat(formatted.get("level").stringValue()).isEqualTo(word);
  }

  @Test
  void anException_isAFieldWithItsStackAndItsCause() {
    LogRecord line = line(Level.SEVERE, "it failed");
    line.setThrown(new IllegalStateException("broken", new IOException("reset")));

    String formatted = format(line);

    assertThat(formatted.lines()).hasSize(1);
    assertThat(JsonMapper.shared().readTree(formatted).get("error").stringValue())
        .startsWith("java.lang.IllegalStateException: broken\n\tat ")
        .contains("\nCaused by: java.io.IOException: reset\n");
  }

  @Test
  void aCall_hasItsFields() {
    AccessLine call = new AccessLine("gRPC GetLog", "ci/results/a\nb", Code.OK, 26, 4211, null);

    assertThat(format(line(Level.INFO, "{0}", call)))
        .endsWith(
            "\"message\":\"gRPC GetLog ci/results/a?b OK 26 bytes 4211 ms\","
                + "\"method\":\"gRPC GetLog\",\"name\":\"ci/results/a?b\",\"code\":\"OK\","
                + "\"bytes\":26,\"milliseconds\":4211}\n");
  }

  @Test
  void aCallThatFailed_saysWhy() {
    AccessLine call = new AccessLine("GET", "a", Code.NOT_FOUND, 0, 1, "no such run\r");

    assertThat(format(line(Level.INFO, "{0}", call)))
        .contains("\"message\":\"GET a NOT_FOUND 0 bytes 1 ms (no such run?)\"")
        .endsWith("\"milliseconds\":1,\"failure\":\"no such run?\"}\n");
  }

  @Test
  void theSetting_decidesTheFormOfEveryHandler() {
    Logger logger = Logger.getAnonymousLogger();
    Handler handler = new ConsoleHandler();
    Formatter before = handler.getFormatter();
    logger.addHandler(handler);
    logger.addHandler(new ConsoleHandler());

    ServerLog.setForm(LogForm.TEXT, logger);
    assertThat(handler.getFormatter()).isSameAs(before);

    ServerLog.setForm(LogForm.JSON, logger);
    assertThat(logger.getHandlers())
        .extracting(Handler::getFormatter)
        .hasSize(2)
        .hasOnlyElementsOfType(JsonLogLines.class);
  }
}
