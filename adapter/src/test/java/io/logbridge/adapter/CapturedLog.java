// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;

/** What is logged, by whomever, until it is closed: complaints, and the lines of calls. */
public final class CapturedLog extends Handler implements AutoCloseable {

  private static final String ACCESS = "io.logbridge.access";

  private final Logger root = Logger.getLogger("");
  private final Logger access = Logger.getLogger(ACCESS);
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private CapturedLog() {}

  /** Begins; the caller closes it. */
  public static CapturedLog begin() {
    CapturedLog log = new CapturedLog();
    log.access.setLevel(Level.INFO);
    log.access.setUseParentHandlers(false);
    log.access.addHandler(log);
    log.root.addHandler(log);
    return log;
  }

  /** Waits for the line of a call that says this, which is written when all else of it is. */
  public void awaitCall(String words) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            records.stream()
                .filter(line -> ACCESS.equals(line.getLoggerName()))
                .anyMatch(line -> String.valueOf(line.getParameters()[0]).contains(words)));
  }

  /** What an operator would have to look into, of the server's. */
  public List<LogRecord> complaints() {
    return records.stream()
        .filter(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
        .filter(
            line -> String.valueOf(line.getLoggerName()).matches("io\\.(logbridge|helidon)\\..*"))
        .toList();
  }

  @Override
  public void publish(LogRecord line) {
    records.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    access.removeHandler(this);
    access.setUseParentHandlers(true);
    access.setLevel(null);
  }
}
