// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.config.ServerConfig.LogForm;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets what the server's own log has, and in which form. */
final class ServerLog {

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger OURS = Logger.getLogger("io.logbridge");

  private static final Logger ALL = Logger.getLogger("");

  private ServerLog() {}

  /** Libraries are never more talkative than {@code logging.properties} lets them be. */
  static void set(ServerConfig.Log log) {
    switch (log.level()) {
      case DEBUG -> OURS.setLevel(Level.FINE);
      case INFO -> {} // as logging.properties says
      case WARNING -> ALL.setLevel(Level.WARNING);
      case ERROR -> ALL.setLevel(Level.SEVERE);
    }
    setForm(log.form(), ALL);
  }

  /** Sets what the lines are that a logger's handlers write. */
  static void setForm(LogForm form, Logger logger) {
    switch (form) {
      case TEXT -> {} // as logging.properties says
      case JSON -> {
        for (Handler handler : logger.getHandlers()) {
          handler.setFormatter(new JsonLogLines());
        }
      }
    }
  }
}
