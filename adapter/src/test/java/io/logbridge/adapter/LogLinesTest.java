// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private static LogRecord line(String message, Object... parameters) {
    LogRecord line = new LogRecord(Level.WARNING, message);
    line.setInstant(Instant.parse("2026-08-20T10:00:00.123456Z"));
    line.setLoggerName("io.logbridge.access");
    line.setParameters(parameters);
    return line;
  }

  @Test
  void aLine_hasItsTimeLevelLoggerAndText() {
    assertThat(new LogLines().format(line("port {0}", "8080")))
        .matches(
            "2026-08-2\\dT\\d\\d:\\d\\d:00\\.123[+-]\\d{4} WARNING io\\.logbridge\\.access port 8080\\R");
  }

  @Test
  void anException_followsItsLineWithItsStackAndItsCause() {
    LogRecord line = line("it failed");
    line.setThrown(new IllegalStateException("broken", new IOException("reset")));

    assertThat(new LogLines().format(line).lines())
        .element(1)
        .isEqualTo("java.lang.IllegalStateException: broken");
    assertThat(new LogLines().format(line))
        .contains("Caused by: java.io.IOException: reset")
        .endsWith(System.lineSeparator());
  }

  @Test
  void theServersLog_isWrittenByIt() throws IOException {
    Properties settings = new Properties();
    try (InputStream in = LogLines.class.getResourceAsStream("/logging.properties")) {
      settings.load(Objects.requireNonNull(in));
    }

    assertThat(settings)
        .containsEntry("java.util.logging.ConsoleHandler.formatter", LogLines.class.getName());
  }
}
