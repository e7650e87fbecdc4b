// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * What the server's log looks like. Unlike the formatter of the JDK it does not walk the stack for
 * each line to find out who wrote it, which took longer than the rest of a short call. What was
 * thrown is written with its stack and its causes: clients get neither, operators need both.
 *
 * <p>Public and named in {@code logging.properties}, since the JDK makes it.
 */
public final class LogLines extends Formatter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneId.systemDefault());

  @Override
  public String format(LogRecord line) {
    return TIME.format(line.getInstant())
        + ' '
        + line.getLevel()
        + ' '
        + line.getLoggerName()
        + ' '
        + formatMessage(line)
        + thrown(line)
        + System.lineSeparator();
  }

  private static String thrown(LogRecord line) {
    return line.getThrown() == null ? "" : System.lineSeparator() + stackTrace(line.getThrown());
  }

  /** A stack with its causes, without a newline at the end. */
  static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    try (PrintWriter writer = new PrintWriter(text)) {
      thrown.printStackTrace(writer); // into the line; the handler decides where that goes
    }
    return text.toString().stripTrailing();
  }
}
